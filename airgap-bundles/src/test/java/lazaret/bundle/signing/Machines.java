package lazaret.bundle.signing;

import static lazaret.bundle.keys.KeyFileTest.PASSPHRASE;
import static lazaret.bundle.keys.KeyFileTest.cheap;
import static lazaret.bundle.keys.KeyFileTest.typed;
import static lazaret.bundle.trust.TestStream.NOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.RootCeremony;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.BundleSigners;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.NewFiles;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.snapshot.SnapshotKind;

/// Three officers and an export host, each with a folder that represents a machine, and a removable
/// medium.
public final class Machines {
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  public static final RootPolicy.Stream STREAM =
      new RootPolicy.Stream("prod", UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2"));

  private Path folder = Path.of("");

  /// The folder of the removable medium.
  public Path stick = Path.of("");

  /// Makes the machines, each with new keys.
  public void begin(Path where) {
    folder = where;
    stick = where.resolve("stick");
    NewFiles.folder(stick);
    for (String name : List.of("ann", "ben", "cem", "host")) {
      make(name);
    }
    cheap(KeyFile.DECISIONS).write(machine("host"));
  }

  public Path machine(String name) {
    return folder.resolve(name);
  }

  /// Makes a machine with keys, and returns the path of its public file.
  public Path make(String name) {
    cheap(name).write(machine(name));
    return machine(name).resolve(name + ".pub.json");
  }

  public KeyFolder keys(String name) {
    return KeyFolder.open(machine(name), typed(PASSPHRASE), CLOCK);
  }

  public CeremonyInput input(String name) {
    return CeremonyInput.read(machine(name).resolve(name + ".pub.json"));
  }

  public CeremonyInput decisions() {
    return CeremonyInput.read(machine("host").resolve("decisions.pub.json"));
  }

  public static Map<String, RootPlan.Duty> roles(long needed, String... officers) {
    var offline = new RootPlan.Duty(Set.of(officers), needed);
    var online = new RootPlan.Duty(Set.of("host"), 1);
    Map<String, RootPlan.Duty> roles = new HashMap<>();
    roles.put(Roles.ROOT, offline);
    roles.put(Roles.TARGETS, offline);
    roles.put(Roles.SNAPSHOT, online);
    roles.put(Roles.TIMESTAMP, online);
    return roles;
  }

  public RootCeremony ceremony() {
    return new RootCeremony(
        STREAM,
        RootCeremony.LIFETIME,
        List.of(input("ann"), input("ben"), input("cem"), input("host"), decisions()),
        roles(2, "ann", "ben", "cem"),
        List.of("Ann Example", "Ben Example"));
  }

  public SigningTask open(Path what, String name) {
    return SigningTask.open(what, keys(name), CLOCK);
  }

  public List<String> sign(Path what, String name) {
    return open(what, name).sign();
  }

  /// Performs the ceremony, and distributes the root to all machines.
  public Path rooted() {
    Path root = ceremony().propose(NOW).write(stick).root();
    // The root is complete with ben's signature; ann adopts it in a second round.
    for (String name : List.of("ann", "ben", "cem", "host", "ann")) {
      sign(root, name);
    }
    return root;
  }

  /// Exports a bundle without signatures of officers.
  Path exported() throws IOException {
    return exported(1);
  }

  public Path exported(long epoch) throws IOException {
    KeyFolder keys = keys("host");
    var source = new TestExports.Memory();
    source.add(1, Formats.crate("a", "1.0.0", "1.1.0"), Formats.crate("b", "0.1.0"));
    ExportOptions order =
        TestExports.inEpoch(TestExports.order(source, SnapshotKind.FULL, 1), epoch);
    var signers =
        new BundleSigners(keys.roots(), keys.decisions(), keys.keysFor(Roles.TARGETS), List.of());
    return BundleExporter.export(order, source, signers, stick).folder();
  }

  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  public static Duration years(long years) {
    return Duration.ofDays(365 * years);
  }
}
