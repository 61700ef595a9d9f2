"""Words of Django's own admin, named here so that our Dutch catalogue speaks before Django's.

Django's Dutch puts “De” before every name, also before “thema”, and leaves some words in English.
"""

from django.utils.translation import gettext_noop as _

REPLACED = (
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Change selected %(model)s"),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
)
