# The words of the development loop; `make help` lists them. SwiftPM builds, scripts/setup.sh provides the host.

PREFIX ?= /usr/local
DESTDIR ?=
SCRATCH ?= .build

SWIFT ?= $(or $(shell command -v swift),/opt/swift/usr/bin/swift)
# SwiftPM remembers what pkg-config said until the manifest changes, so this file is compared with a copy of it.
LIBCRUN_PC ?= /usr/local/lib/pkgconfig/nexcage-libcrun.pc
# A CRIU that works on new kernels, where scripts/install-criu.sh made one.
CRIU_BIN = /usr/local/lib/nexcage/criu-trixie/bin

# Each shared library costs every call: nexcage is linked statically, nexcage-manager up to libc
# (docs/adr/0004-programs.md). A folder that holds nothing but archives, and is searched first, makes -lNAME static.
ARCHIVES = libstdc++.a libgcrypt.a libgpg-error.a libzstd.a libseccomp.a libcap.a libyajl_s.a
SLIB = $(abspath $(SCRATCH))/slib
RELEASE_FLAGS = -c release --static-swift-stdlib --disable-local-rpath \
	-Xlinker -L$(SLIB) -Xswiftc -use-ld=lld -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xlinker --no-export-dynamic

# Functions that every start runs lie side by side, which saves a sixth of it; `make order` writes the file anew.
ORDER = scripts/startup-functions.txt
RELEASE_FLAGS += -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections \
	-Xlinker --symbol-ordering-file=$(abspath $(ORDER)) -Xlinker --no-warn-symbol-ordering

# A fixed address saves a quarter of every start (docs/adr/0001-linking-libcrun.md); `make LINK=` leaves it out.
LINK ?= -Xswiftc -Xclang-linker -Xswiftc -no-pie

PROGRAMS = nexcage nexcage-manager nexcage-monitor

# A crash in a test must not start a debugger that nobody talks to.
export SWIFT_BACKTRACE = enable=no

.NOTPARALLEL:
# What `make conformance` judges, and the failures that are known.
RUNTIME ?= $(abspath $(SCRATCH))/debug/nexcage
RUNTIME_FLAGS ?= $(if $(filter nexcage,$(notdir $(RUNTIME))),--runtime crun)
KNOWN ?= Tests/Conformance/known

.PHONY: all build manifest demo test test-vm soak conformance lint format bench docs order install uninstall clean help setup-%

all: build ## Build nexcage, release (the default)

build: setup-build manifest $(SLIB) ## The same
	@for product in $(PROGRAMS); do \
		$(SWIFT) build --scratch-path $(SCRATCH) --product $$product $(RELEASE_FLAGS) $(LINK) -Xlinker -s || exit; done

demo: setup-demo build ## Run an OCI image through nexcage and show what happens
	@scripts/demo.sh $(SCRATCH)/release/nexcage

test: setup-test manifest ## Run every test
	@PATH="$(CRIU_BIN):$$PATH" $(SWIFT) test --scratch-path $(SCRATCH)

conformance: setup-test manifest ## Judge RUNTIME (this nexcage, or any other) by the text of the specification
	@$(SWIFT) build --scratch-path $(SCRATCH) --product nexcage
	@$(SWIFT) build --scratch-path $(SCRATCH) --product nexcage-conformance
	@RUNTIME="$(RUNTIME)" RUNTIME_FLAGS="$(RUNTIME_FLAGS)" $(SCRATCH)/debug/nexcage-conformance --known $(KNOWN)

test-vm: setup-vm build ## Run nexcage in a guest with cgroup v2 and systemd
	@scripts/test-vm.sh $(SCRATCH)/release

soak: setup-test manifest ## Run the tests under load in full: 1,000 cycles, 200 kills
	@NEXCAGE_SOAK=1 PATH="$(CRIU_BIN):$$PATH" $(SWIFT) test --scratch-path $(SCRATCH) --filter LoadTests

lint: ## Check the style of all sources, strictly
	@$(SWIFT) format lint --strict --parallel --configuration .swift-format --recursive Package.swift Sources Tests
	@for script in scripts/*.sh Benchmarks/*.sh .ci/run; do bash -n "$$script" || exit 1; done

format: ## Bring all Swift sources into that style
	@$(SWIFT) format --in-place --parallel --configuration .swift-format --recursive Package.swift Sources Tests

bench: setup-bench build ## Measure against crun, runc and podman
	@Benchmarks/run.sh $(SCRATCH)/release/nexcage

install: build ## Install to $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/nexcage $(DESTDIR)$(PREFIX)/share/doc/nexcage/adr
	install -m 755 $(SCRATCH)/release/nexcage $(DESTDIR)$(PREFIX)/bin/nexcage
	install -m 755 $(SCRATCH)/release/nexcage-manager $(SCRATCH)/release/nexcage-monitor \
		$(DESTDIR)$(PREFIX)/libexec/nexcage
	ln -sf nexcage $(DESTDIR)$(PREFIX)/bin/nexcage-oci
	install -m 644 LICENSE README.md CHANGELOG.md SECURITY.md docs/*.md $(DESTDIR)$(PREFIX)/share/doc/nexcage
	install -m 644 docs/adr/*.md $(DESTDIR)$(PREFIX)/share/doc/nexcage/adr

uninstall: ## Remove what `make install` put there
	rm -f $(DESTDIR)$(PREFIX)/bin/nexcage $(DESTDIR)$(PREFIX)/bin/nexcage-oci
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/nexcage $(DESTDIR)$(PREFIX)/libexec/nexcage

clean: ## Remove everything that was built
	rm -rf $(SCRATCH)

docs: build ## Write the pages that are made from the code
	@$(SCRATCH)/release/nexcage config > docs/configuration.md
	@$(SCRATCH)/release/nexcage config --format schema > docs/configuration.schema.json

order: setup-order manifest $(SLIB) ## Write anew which functions a start runs
	@$(SWIFT) build --scratch-path $(SCRATCH)/order --product nexcage $(RELEASE_FLAGS) $(LINK) \
		-Xlinker -Map=$(abspath $(SCRATCH))/nexcage.map -Xlinker --no-demangle
	@strip -g -o $(SCRATCH)/nexcage-symbols $(SCRATCH)/order/release/nexcage
	@scripts/order-functions.py $(abspath $(SCRATCH))/nexcage-symbols $(SCRATCH)/nexcage.map $(ORDER)

help: ## List these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup-%:
	@scripts/setup.sh $*

manifest:
	@mkdir -p $(SCRATCH)
	@cmp -s $(LIBCRUN_PC) $(SCRATCH)/libcrun.pc || { touch Package.swift; \
		cp $(LIBCRUN_PC) $(SCRATCH)/libcrun.pc 2>/dev/null || rm -f $(SCRATCH)/libcrun.pc; }

$(SLIB): Makefile
	@rm -rf $@ && mkdir -p $@
	@for archive in $(ARCHIVES); do \
		path=$$(gcc -print-file-name=$$archive); \
		case $$path in /*) ln -sf "$$path" $@/;; *) echo "no $$archive: linked dynamically" >&2;; esac; done
	@cd $@ && [ ! -e libyajl_s.a ] || mv libyajl_s.a libyajl.a
