# Everything this project does from a terminal; `make help` lists it.
# PORT and DATA_DIR may be given: make demo PORT=8010 DATA_DIR=/tmp/other

PYTHON ?= python3
PORT ?= 8000
export DATA_DIR

# Makes .venv ready and runs Python in it; with --dev it holds the tools for development too.
START = $(PYTHON) config/bootstrap.py
DEVELOP = $(START) --dev
BIN = .venv/bin/
MANAGE = $(BIN)python manage.py

.DEFAULT_GOAL := help
.PHONY: help demo site password run test test-long lighthouse illustrations screenshots lint format messages locks node-tools \
	python develop

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

demo: python ## the example site, on http://127.0.0.1:8000 (PORT=, DATA_DIR=)
	@$(START) manage.py serve --demo --port $(PORT)

site: python ## an empty site of your own, served in the same way
	@$(START) manage.py serve --port $(PORT)

password: python ## a new password for the account "redactie"
	@$(START) manage.py migrate --verbosity 0
	@$(MANAGE) changepassword redactie

run: develop ## the development server, which reloads when a file changes
	@DEBUG=1 $(MANAGE) migrate --verbosity 0
	@DEBUG=1 $(MANAGE) render_posts --verbosity 0
	@DEBUG=1 SITE_URL=http://127.0.0.1:$(PORT) $(MANAGE) runserver 127.0.0.1:$(PORT)

test: python ## the tests
	@$(DEVELOP) -m pytest --numprocesses 3 --dist worksteal

test-long: python ## the tests that take minutes
	@$(DEVELOP) -m pytest -m long

lighthouse: node-tools develop ## four pages of the example site on a slow phone (needs Chromium)
	@$(BIN)python -m benchmarks.lighthouse

lint: develop ## formatting, style, types, templates, import directions, migrations
	$(BIN)ruff format --check
	$(BIN)ruff check
	$(BIN)mypy
	$(BIN)djade --check $(TEMPLATES)
	$(BIN)djlint --lint --quiet templates
	$(BIN)lint-imports
	$(IN_MEMORY) $(MANAGE) makemigrations --check --dry-run
	$(IN_MEMORY) $(MANAGE) check --deploy --fail-level WARNING

format: develop ## put code and templates in the one agreed form
	$(BIN)ruff format
	$(BIN)ruff check --fix
	$(BIN)djade $(TEMPLATES)

messages: develop ## collect the texts to translate, and compile the translations
	$(MANAGE) makemessages --locale nl --no-obsolete --add-location file $(NOT_OURS)
	$(MANAGE) compilemessages --locale nl $(NOT_OURS)

illustrations: develop ## the drawings of the themes as pictures (needs Chromium)
	@$(DEVELOP) templates/illustrations/draw.py

screenshots: develop ## the pictures of the editors' guide (needs Chromium)
	@$(BIN)python -m docs.screenshots

locks: ## the newest allowed packages, hash-locked (needs uv)
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock

node-tools: .node/installed ## Lighthouse and html-validate, in .node (needs npm)

TEMPLATES = $$(find templates -name '*.html')
NOT_OURS = --ignore .venv --ignore .node --ignore var --ignore tests
IN_MEMORY = DATABASE_URL=sqlite://:memory: SITE_URL=https://www.example.org
LOCK = uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

NODE_TOOLS = lighthouse@12.8.2 html-validate@9.7.1

# Without a package.json or a lock file: npm would write addresses of its registry into them.
.node/installed: Makefile
	@command -v npm >/dev/null || { \
		echo "npm is missing: install Node.js 18.19 or newer with npm." >&2; \
		exit 2; }
	@npm install --no-save --no-package-lock --no-audit --no-fund --loglevel error \
		--prefix .node $(NODE_TOOLS)
	@touch $@

develop: python
	@$(DEVELOP)

# The one sentence that cannot be looked up in a catalogue: nothing is there to look it up with.
python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python ontbreekt: installeer Python 3.11 of nieuwer en probeer het opnieuw." >&2; \
		exit 1; }
