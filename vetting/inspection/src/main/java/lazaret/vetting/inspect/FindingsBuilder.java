package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lazaret.vetting.inspect.manifest.CrateTargets;
import lazaret.vetting.inspect.manifest.RenamedDependency;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.inspect.particular.Particulars;
import lazaret.vetting.inspect.reach.CrateReach;
import lazaret.vetting.inspect.reach.ValueLinks;
import lazaret.vetting.inspect.script.CarriedFiles;
import lazaret.vetting.inspect.script.ScriptScan;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.CapabilityUse;
import lazaret.vetting.inspect.source.OccurrenceBudget;
import lazaret.vetting.inspect.source.ScanRules;
import lazaret.vetting.inspect.source.SourceFacts;
import lazaret.vetting.inspect.source.SourceReference;
import org.jspecify.annotations.Nullable;

/// The evaluation of all files of one crate: where code runs, its capabilities and the signals.
final class FindingsBuilder {
  private static final int MAX_NAMED = 8;
  private static final int DIGEST = 16;

  /// The number of C sources above which they are those of a vendored library.
  private static final int MAX_NATIVES = 64;

  /// Folders of files that only the authors of a crate run.
  private static final Set<String> DEVELOPMENT =
      Set.of(
          "ci", "scripts", "script", "tools", "docs", "doc", "etc", "contrib", "util", "utils",
          "dev", "maint");

  private final CrateScan scan;
  private final SignalCollector signals;
  private final ManifestDetails manifest;
  private final CrateTargets targets;
  private final Map<ExecutionContext, Set<String>> places;

  /// @param targets the sources in which the code of the crate begins
  FindingsBuilder(
      CrateScan scan, SignalCollector signals, ManifestDetails manifest, CrateTargets targets) {
    this.scan = scan;
    this.signals = signals;
    this.manifest = manifest;
    this.targets = targets;
    this.places = scan.sources().contexts(targets);
  }

  /// Adds the signals and returns the capabilities.
  Capabilities build() {
    Map<ExecutionContext, CodeFacts> code =
        new ContextFacts(scan.sources(), targets).of(places, OccurrenceBudget.none());
    new SignalDetector(signals, scan.sources()::holdsNamed, scan.purpose()).detect(code);
    var purpose = new PurposeRule(scan.purpose(), signals);
    purpose.detect(code.get(ExecutionContext.RUNTIME));
    purpose.scripts(code.get(ExecutionContext.MACRO));
    regions();
    buildDependencies(code.getOrDefault(ExecutionContext.BUILD, new CodeFacts()));
    oddSources();
    blobs();
    scripts(purpose);
    carried();
    reach();
    purpose.trust(scan.sources().trust(), places.getOrDefault(ExecutionContext.TEST, Set.of()));
    scan.textSignals(places.getOrDefault(ExecutionContext.TEST, Set.of()));
    CodeFacts build = code.getOrDefault(ExecutionContext.BUILD, new CodeFacts());
    boolean used = usedTestBinaries();
    if (build.has(Capability.LINKS)) {
      links(build.first(Capability.LINKS), used || scan.binary() != null);
    }
    manifest.people().stream()
        .flatMap(claim -> AuthorLookalike.find(claim).stream())
        .limit(MAX_NAMED)
        .forEach(
            what -> signals.add(Signal.of(SignalCode.LOOK_ALIKE_IDENTITY, "Cargo.toml", 0, what)));
    if (!scan.commitNamed()) {
      signals.add(Signal.of(SignalCode.NO_COMMIT, "", 0, ""));
    }
    Set<String> whole = places.getOrDefault(ExecutionContext.RUNTIME, Set.of());
    signals.lessen(signal -> whole.contains(signal.path()) && purpose.announced(signal));
    List<Capabilities.Entry> held = new ArrayList<>();
    code.forEach((place, facts) -> held.addAll(facts.held(place)));
    return new Capabilities(held);
  }

  /// Reports facts that make it uncertain which code runs in which place.
  private void regions() {
    Set<String> build = places.getOrDefault(ExecutionContext.BUILD, Set.of());
    for (String root : targets.build()) {
      if (!build.contains(root)) {
        signals.add(Signal.of(SignalCode.BUILD_SCRIPT_MISSING, root, 0, "no source was read"));
      }
    }
    scan.sources()
        .testSwitch(targets)
        .ifPresent(
            place ->
                signals.add(
                    Signal.of(
                        SignalCode.BUILD_SETS_TEST,
                        place.path(),
                        place.line(),
                        "rustc-cfg and 'test' among its texts")));
    if (manifest.dropped()) {
      scan.left("Cargo.toml", "more targets or dependencies than are kept");
    }
  }

  private void links(CodeFacts.Located how, boolean binary) {
    String named = scan.linkable();
    if (binary) {
      signals.add(how.as(SignalCode.BUILD_LINKS_BINARY));
    } else if (named != null) {
      String what = named + ": named like an object, and not of a known form";
      signals.add(
          how.with(
                  SignalCode.BUILD_LINKS_BINARY,
                  new CodeFacts.Located(named, new CapabilityUse(Capability.LINKS, 0, what)))
              .weighing(SignalWeight.REVIEW));
    }
  }

  /// Reports binaries among tests that other code names. They count as if they were outside of
  /// tests.
  private boolean usedTestBinaries() {
    boolean used = false;
    for (String path : scan.testBinaries()) {
      String user = user(path);
      if (user != null) {
        used = true;
        signals.add(
            Signal.of(
                SignalCode.EXECUTABLE_FILE,
                path,
                0,
                "it lies among tests, and %s names it".formatted(user)));
      }
    }
    return used;
  }

  private @Nullable String user(String file) {
    for (ExecutionContext place :
        List.of(ExecutionContext.BUILD, ExecutionContext.MACRO, ExecutionContext.RUNTIME)) {
      for (String path : places.getOrDefault(place, Set.of())) {
        SourceFacts facts = scan.sources().all().get(path);
        if (facts != null
            && (facts.has(SourceFacts.Trait.NAMES_MANY)
                || facts.references().stream()
                    .anyMatch(r -> r.names(file, place == ExecutionContext.BUILD)))) {
          return path;
        }
      }
    }
    return null;
  }

  private void buildDependencies(CodeFacts build) {
    boolean pinned = build.purposes().pinned(scan.purpose()) && build.purposes().linksOnly();
    boolean encodes = build.has(Capability.DECODE) ? build.purposes().encodesOnly() : pinned;
    for (String name : manifest.buildDependencies()) {
      Capability gives = ScanRules.ofCrate(name);
      if (gives == Capability.NETWORK || gives == Capability.DECODE) {
        Signal signal =
            Signal.of(SignalCode.BUILD_DEPENDENCY, "Cargo.toml", 0, name + " gives " + gives);
        boolean used = gives == Capability.NETWORK ? pinned : encodes;
        signals.add(used ? signal.asNote() : signal);
      }
    }
  }

  /// Reports unreadable files that build scripts or macros compile in; they weigh more.
  private void blobs() {
    for (ExecutionContext place : List.of(ExecutionContext.BUILD, ExecutionContext.MACRO)) {
      for (String path : places.getOrDefault(place, Set.of())) {
        SourceFacts facts = scan.sources().all().get(path);
        if (facts != null) {
          scan.blobs().forEach((blob, why) -> blob(facts, blob, why));
        }
      }
    }
  }

  private void blob(SourceFacts user, String path, String why) {
    if (user.references().stream()
        .anyMatch(r -> r.kind() == SourceReference.Kind.DATA && r.names(path, true))) {
      signals.add(Signal.of(SignalCode.INCLUDED_BLOB, path, 0, why).weighing(SignalWeight.HIGH));
    }
  }

  /// Reports scripts and sources of other languages by their actions. The weight is full if code
  /// names them or a build script may run them.
  private void scripts(PurposeRule purpose) {
    for (ScriptScan.Found found : scan.carried().scripts().found()) {
      String says = found.acts() + ": " + found.says();
      Signal signal = Signal.of(SignalCode.SCRIPT_CONDUCT, found.path(), found.line(), says);
      boolean named = user(found.path()) != null;
      boolean used = named || used(found);
      boolean installs = scan.carried().scripts().installs(found.path());
      purpose.carried(found, named || (used && found.compiled()));
      if ((used && found.strong()) || found.sends() || (installs && found.hides())) {
        signals.add(signal);
      } else if ((installs && found.strong())
          || found.hides()
          || (found.telling() && (named || (used && found.compiled())))) {
        signals.add(signal.weighing(SignalWeight.REVIEW));
      } else if (!used && found.strong()) {
        signals.add(signal.asNote());
      }
    }
  }

  /// Reports values that pass through several sources to a call that sends or runs them.
  private void reach() {
    Map<String, ValueLinks> links = new TreeMap<>();
    Map<String, ValueLinks> tested = new TreeMap<>();
    Set<String> tests = places.getOrDefault(ExecutionContext.TEST, Set.of());
    scan.sources()
        .all()
        .forEach((path, facts) -> (tests.contains(path) ? tested : links).put(path, facts.links()));
    List<CrateReach.Found> all = new ArrayList<>(new CrateReach(links).find());
    all.addAll(new CrateReach(tested).ofTests());
    for (CrateReach.Found found : all) {
      SignalCode code =
          switch (found.kind()) {
            case SENT, SHARED -> SignalCode.SECRET_SENT;
            case RUN -> SignalCode.RECEIVED_RUN;
            case PAID -> SignalCode.FIXED_RECIPIENT;
            case MACHINE -> SignalCode.MACHINE_SENT;
          };
      Signal signal = Signal.of(code, found.path(), found.line(), found.says());
      SourceFacts facts = scan.sources().all().get(found.path());
      boolean checked = facts != null && facts.code().has(Capability.VERIFIED_DOWNLOAD);
      boolean light =
          found.kind() == CrateReach.Kind.MACHINE || found.kind() == CrateReach.Kind.SHARED;
      signals.add(
          checked && code == SignalCode.RECEIVED_RUN
              ? signal.asNote()
              : signal.weighing(light ? SignalWeight.REVIEW : SignalWeight.HIGH));
    }
  }

  /// Reports settings that start scripts, scripts in documentation, and dependencies under the name
  /// of others.
  private void carried() {
    for (CarriedFiles.Found found : scan.carried().find(manifest.documentation())) {
      SignalCode code =
          switch (found.kind()) {
            case SETTINGS -> SignalCode.TOOL_SETTINGS;
            case PAGE -> SignalCode.DOC_SCRIPT;
          };
      Signal signal = Signal.of(code, found.path(), found.line(), found.says());
      signals.add(found.strong() ? signal : signal.weighing(SignalWeight.REVIEW));
    }
    RenamedDependency.find(manifest.renames())
        .ifPresent(
            what -> signals.add(Signal.of(SignalCode.RENAMED_DEPENDENCY, "Cargo.toml", 0, what)));
  }

  /// Returns whether a file is in a folder from which a build script may take it.
  private boolean used(ScriptScan.Found found) {
    boolean vendored = scan.carried().scripts().natives() > MAX_NATIVES;
    String[] folders = found.path().split("/", -1);
    boolean root = folders.length == 1 && !found.path().matches("(?i)configure|.*make.*");
    return !targets.build().isEmpty()
        && !vendored
        && !root
        && Arrays.stream(folders).noneMatch(f -> DEVELOPMENT.contains(f) || f.startsWith("."));
  }

  /// Reports sources whose names do not end like those of sources.
  private void oddSources() {
    Set<String> build = places.getOrDefault(ExecutionContext.BUILD, Set.of());
    scan.sources()
        .all()
        .forEach(
            (path, facts) -> {
              if (places.getOrDefault(ExecutionContext.TEST, Set.of()).contains(path)) {
                return;
              }
              for (SourceReference reference : facts.references()) {
                if (reference.kind() != SourceReference.Kind.NAMED_SOURCE) {
                  continue;
                }
                for (String target : reference.candidates()) {
                  if (!target.endsWith(".rs") && scan.sources().holds(target)) {
                    SignalCode code =
                        build.contains(path) ? SignalCode.BUILD_ODD_SOURCE : SignalCode.ODD_SOURCE;
                    Signal odd = Signal.of(code, path, reference.line(), target);
                    boolean data = CrateSources.amongTests(target);
                    signals.add(data ? odd.weighing(SignalWeight.HIGH) : odd);
                  }
                }
              }
            });
    for (String root : targets.build()) {
      if (!root.endsWith(".rs")) {
        signals.add(Signal.of(SignalCode.BUILD_ODD_SOURCE, "Cargo.toml", 0, root));
      }
    }
  }

  /// Returns the profile of the crate for comparison with other versions.
  SourceProfile trace() {
    Set<String> build = places.getOrDefault(ExecutionContext.BUILD, Set.of());
    return new SourceProfile(
        build.isEmpty() ? null : scan.sources().fingerprint(build),
        scan.sources().all().size(),
        scan.sketch(),
        particulars());
  }

  private Particulars particulars() {
    var all = new Particulars.Builder();
    boolean foreign = scan.sources().importsMacros();
    boolean testsRun = scan.sources().testSwitch(targets).isPresent();
    places.forEach(
        (place, paths) -> {
          for (String path : place == ExecutionContext.TEST ? Set.<String>of() : paths) {
            SourceFacts facts = scan.sources().all().get(path);
            if (facts != null) {
              boolean tests = testsRun || place == ExecutionContext.BUILD;
              facts
                  .particulars()
                  .addTo(all, place == ExecutionContext.BUILD, tests, tests || foreign);
              content(place, path, facts).ifPresent(one -> all.add(List.of(one)));
            }
          }
        });
    // The code of these libraries is not part of the crate.
    for (String name :
        targets.build().isEmpty() ? Set.<String>of() : manifest.buildDependencies()) {
      String what = "build-dependency " + name;
      all.add(List.of(new Particular(ParticularKind.COMMAND, what, "Cargo.toml", 0)));
    }
    // A source in another language counts only if code names its file.
    scan.beside().stream()
        .filter(p -> p.kind() != ParticularKind.REACH || user(p.path()) != null)
        .forEach(p -> all.add(List.of(p)));
    return all.particulars();
  }

  /// Returns a particular for the content of a source: data, or code that runs during builds.
  private static Optional<Particular> content(
      ExecutionContext place, String path, SourceFacts facts) {
    long tokens = facts.particulars().tokens();
    if (tokens == 0) {
      String text = facts.tokens().hex().substring(0, DIGEST) + " " + path;
      return Optional.of(new Particular(ParticularKind.DATA, text, path, 0));
    }
    return place == ExecutionContext.RUNTIME
        ? Optional.empty()
        : Optional.of(new Particular(ParticularKind.BUILDING, Long.toHexString(tokens), path, 0));
  }
}
