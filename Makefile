# Every target is one line that a person could type; `make help` lists them.
PYTHON ?= python3
# One thread per process: the matrices are small and the processes many.
export OMP_NUM_THREADS ?= 1
VENV := .venv
# The build of torch: cpu, or cuda for graphics cards, 3 GB. A mirror of the index of the first may be named.
TORCH ?= cpu
TORCH_INDEX ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
RUN := $(VENV)/bin/python -m
EXAMINER := $(RUN) examiner
INSTALL := $(VENV)/bin/python -I examiner/install.py
ASSIGNMENT ?=
EXERCISE ?=
OPTIONS ?=
CHOSEN = $(if $(ASSIGNMENT),--assignment $(ASSIGNMENT)) $(if $(EXERCISE),--exercise $(EXERCISE))
INSTALLED := $(VENV)/installed
PYTORCH := $(VENV)/torch-$(TORCH)
# For what runs the chosen notebooks, which are all of them by default.
IF_USED := $(if $(shell grep -lsE '(import|from) torch' source/*$(ASSIGNMENT)*/*.ipynb),$(PYTORCH))
SANDBOX := $(VENV)/bubblewrap
SERVER := $(VENV)/postgresql
BROWSER := $(VENV)/chromium

.DEFAULT_GOAL := help
.PHONY: help demo test mutants dresses lint format exercise check release publish solutions figures roster collect grade review mark feedback report harvest return remove gradebook doctor bench torch lab site pictures lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(SANDBOX) $(if $(ASSIGNMENT),$(IF_USED))  ## a small class from nothing: released, handed in, graded, feedback, report (in demo/)
	$(EXAMINER) demo $(or $(ASSIGNMENT),02_poisson_glm) $(OPTIONS)

test: $(SANDBOX) $(PYTORCH) $(SERVER) $(BROWSER)  ## run every test
	$(RUN) pytest -n 4 --dist loadfile

mutants: $(SANDBOX) $(IF_USED)  ## try the tests with answers a little wrong [ASSIGNMENT=… EXERCISE="one two" OPTIONS=…]
	$(RUN) tests.mutants $(CHOSEN) $(OPTIONS)

dresses: $(SANDBOX) $(IF_USED)  ## try the tests with right answers in every form [ASSIGNMENT=… EXERCISE="one two" OPTIONS=…]
	$(RUN) tests.dresses $(CHOSEN) $(OPTIONS)

lint: $(INSTALLED)  ## check style, types, and what each answer of the bank says of itself
	$(VENV)/bin/ruff check && $(VENV)/bin/ruff format --check && $(VENV)/bin/mypy && $(VENV)/bin/python -m tests.exercises banks

format: $(INSTALLED)  ## put code and source notebooks into their one form
	$(VENV)/bin/ruff check --fix && $(VENV)/bin/ruff format && $(EXAMINER) format

exercise: $(INSTALLED)  ## begin an exercise: its cells and its answer bank NAME=… ASSIGNMENT=… [BEFORE=cell]
	@test -n "$(NAME)" -a -n "$(ASSIGNMENT)" || { echo "Say what and where: make exercise NAME=spike_rate ASSIGNMENT=02_poisson_glm"; exit 1; }
	$(RUN) tests.exercises new "$(NAME)" "$(ASSIGNMENT)" $(if $(BEFORE),--before "$(BEFORE)")

check: $(SANDBOX) $(IF_USED)  ## say what one exercise still lacks EXERCISE=…
	@test -n "$(EXERCISE)" || { echo "Say which exercise: make check EXERCISE=fit_lnp"; exit 1; }
	$(RUN) tests.exercises check "$(EXERCISE)"

release: $(INSTALLED)  ## make the student notebooks in release/ from source/
	$(EXAMINER) release $(ASSIGNMENT)

publish: $(INSTALLED)  ## write the public student repository to public/ [TO=folder | BRANCH=name]
	$(EXAMINER) publish $(if $(TO),--to "$(TO)") $(if $(BRANCH),--branch "$(BRANCH)")

solutions: $(INSTALLED) $(IF_USED)  ## make the executed solutions in solutions/
	$(EXAMINER) solve $(ASSIGNMENT)

figures: $(INSTALLED) $(IF_USED)  ## draw anew the figures that students compare theirs with
	$(EXAMINER) figures $(ASSIGNMENT)

roster: $(INSTALLED)  ## read a platform's export of the class FILE=… [ASSIGNMENT=…] [SAME=…] [NEW=yes], or show it [LEFT=… BACK=…]
	$(EXAMINER) roster $(if $(FILE),"$(FILE)") $(if $(ASSIGNMENT),--assignment $(ASSIGNMENT)) $(if $(SAME),--same "$(SAME)") \
		$(if $(NEW),--new) $(if $(LEFT),--left "$(LEFT)") $(if $(BACK),--back "$(BACK)")

collect: $(INSTALLED)  ## take a platform's ZIP=file or folder into submitted/ [ASSIGNMENT=…] [WORKSHEET=…] [REPLACE=yes] [LATEST=yes] [SAME=…]
	@test -n "$(ZIP)" || { echo "Say which zip file: make collect ZIP=submissions.zip"; exit 1; }
	$(EXAMINER) collect "$(ZIP)" $(ASSIGNMENT) $(if $(WORKSHEET),--worksheet "$(WORKSHEET)") \
		$(if $(REPLACE),--replace) $(if $(LATEST),--latest) $(if $(SAME),--same "$(SAME)")

grade: $(SANDBOX) $(PYTORCH)  ## grade submitted/ [ASSIGNMENT=02_poisson_glm OPTIONS="--jobs 4" YES=yes]
	$(EXAMINER) grade $(ASSIGNMENT) $(if $(YES),--yes) $(OPTIONS)

review: $(INSTALLED)  ## list the submissions that need a person
	$(EXAMINER) review $(ASSIGNMENT)

mark: $(INSTALLED)  ## mark written answers by question, like ones together, in the browser [ASSIGNMENT=…]
	$(EXAMINER) mark $(ASSIGNMENT)

feedback: $(INSTALLED)  ## write the students' pages in feedback/
	$(EXAMINER) feedback $(ASSIGNMENT)

report: $(INSTALLED)  ## print scores and where the class struggles; the class in pictures in report/
	$(EXAMINER) report $(ASSIGNMENT)

harvest: $(SANDBOX)  ## draft hints for mistakes that no hint knew, for authors [ASSIGNMENT=… OPTIONS="--least 5"]
	$(EXAMINER) harvest $(ASSIGNMENT) $(OPTIONS)

remove: $(INSTALLED)  ## take out who left, or work that is gone STUDENT="ada ben" | ORPHANS=yes
	$(EXAMINER) remove $(STUDENT) $(if $(ORPHANS),--orphans)

gradebook: $(INSTALLED)  ## move the gradebook into another database TO=postgresql://…
	@test -n "$(TO)" || { echo "Say where to: make gradebook TO=postgresql://USER@HOST/DATABASE"; exit 1; }
	@$(EXAMINER) gradebook "$(TO)"

return: $(INSTALLED)  ## write grades and pages for a platform ASSIGNMENT=… PLATFORM=canvas|moodle|… [FILE=…] [COLUMN=…] [PARTIAL=yes] [ONLY=changed]
	@test -n "$(ASSIGNMENT)" -a -n "$(PLATFORM)" || { echo "Say what and where: make return ASSIGNMENT=02_poisson_glm PLATFORM=moodle (or canvas, brightspace, blackboard, csv)"; exit 1; }
	$(EXAMINER) return $(ASSIGNMENT) $(PLATFORM) $(if $(FILE),--file "$(FILE)") $(if $(COLUMN),--column "$(COLUMN)") \
		$(if $(PARTIAL),--partial) $(if $(filter changed,$(ONLY)),--only-changed) $(if $(REPLACE),--replace)

doctor: $(INSTALLED)  ## say whether this machine can grade, and what it lacks
	$(EXAMINER) doctor

bench: $(SANDBOX) $(IF_USED)  ## time every solved notebook, full and quick, and its grading
	$(RUN) benchmarks.notebooks
	$(RUN) benchmarks.grading

torch: $(PYTORCH)  ## install PyTorch, for 05_deep_networks and answers that use it [TORCH=cuda]

lab: $(INSTALLED)  ## open JupyterLab on the course
	$(VENV)/bin/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root)

site: $(INSTALLED) $(IF_USED)  ## build the website in docs/_build/html, without a network
	$(EXAMINER) site

pictures: demo $(BROWSER)  ## take the README's pictures anew, from the demo class and a notebook
	$(RUN) tests.browser.pictures

# Later versions of soupsieve need Python 3.11.5, and Debian 12 has 3.11.2.
lock: $(INSTALLED)  ## renew the exact versions in requirements.lock
	$(RUN) pip install --quiet pip-tools
	{ grep ^torch requirements-torch.lock; echo "soupsieve<3"; } | $(RUN) piptools compile --quiet --upgrade --all-extras --strip-extras --allow-unsafe --no-header \
		--no-annotate --no-emit-options --constraint /dev/stdin --output-file requirements.lock pyproject.toml
	sed -i -e '/^torch==/d' -e '/^#/d' -e '/^$$/d' requirements.lock

clean:  ## remove what was generated, the environment included; submissions and grades stay
	rm -rf $(VENV) demo report docs/_build tests/browser/screenshots .pytest_cache .ruff_cache .mypy_cache .hypothesis *.egg-info

$(INSTALLED): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "Python 3.11 to 3.13 is needed, found $$("$(PYTHON)" --version): use make PYTHON=python3.11"; exit 1; }
	@test -d $(VENV) || { echo "Making an environment in $(VENV): about 300 MB to download, once."; "$(PYTHON)" -m venv $(VENV); }
	@$(INSTALL) --only-binary :all: --requirement requirements.lock
	@$(INSTALL) --no-deps --editable .
	@touch $@

# A wheel that pip finds on this machine comes first. The build without CUDA is in no version on PyPI for Linux.
$(VENV)/torch-cpu: requirements-torch.lock $(INSTALLED)
	@echo "Installing PyTorch without CUDA: about 200 MB to download, once. For a graphics card: make torch TORCH=cuda"
	@$(INSTALL) --no-deps --no-index "$$(grep ^torch== requirements-torch.lock)" 2> /dev/null \
		|| $(INSTALL) --no-deps $(if $(TORCH_INDEX),--index-url "$(TORCH_INDEX)" "$$(grep ^torch== $<)",--requirement $<) \
		|| { echo "PyTorch was not installed. If its index is out of reach here, name a mirror of it" \
			"(make torch TORCH_INDEX=https://…), or take the build of PyPI, 3 GB (make torch TORCH=cuda)."; exit 1; }
	@touch $@

$(VENV)/torch-cuda: requirements-torch.lock $(INSTALLED)
	@echo "Installing PyTorch with CUDA: about 3 GB to download, once."
	@$(INSTALL) --constraint requirements.lock "$$(sed -n 's/^torch==/torch===/p' $<)"
	@touch $@

$(VENV)/torch-%:
	@echo "TORCH=$* is no build of PyTorch: choose TORCH=cpu or TORCH=cuda"; exit 1

# System packages, each named by its stamp. Without the sandbox nothing is graded; tests skip what else is missing.
$(SANDBOX): there := command -v bwrap
$(SANDBOX): lacking := exit 1
$(SERVER): there := { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
$(SERVER): lacking := true
$(BROWSER): there := { command -v chromium || command -v google-chrome; }
$(BROWSER): lacking := true
$(SANDBOX) $(SERVER) $(BROWSER): $(INSTALLED)
	@$(there) > /dev/null 2>&1 \
		|| { [ "$$(id -u)" = 0 ] || sudo="sudo -n"; $$sudo apt-get --version > /dev/null 2>&1 \
			&& $$sudo apt-get update -q && $$sudo apt-get install -y -q $(@F); } \
		|| { echo "$(@F) is missing: run  sudo apt-get install $(@F)  (Fedora: dnf install)"; $(lacking); }
	@touch $@
