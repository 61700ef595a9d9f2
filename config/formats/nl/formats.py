"""How this house writes dates: Django's Dutch forms, but a date never breaks over two lines."""

DATE_FORMAT = "j\xa0F\xa0Y"  # 17 januari 2023
TIME_FORMAT = "G.i\xa0\\u\\u\\r"  # 20.14 uur
DATETIME_FORMAT = f"{DATE_FORMAT} \\o\\m {TIME_FORMAT}"  # 18 januari 2023 om 20.14 uur
