package lazaret.bundle.keys;

import static lazaret.bundle.keys.KeyFileTest.PASSPHRASE;
import static lazaret.bundle.keys.KeyFileTest.cheap;
import static lazaret.bundle.keys.KeyFileTest.typed;
import static lazaret.bundle.keys.TestStream.NOW;

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
import lazaret.bundle.exporting.Exporter;
import lazaret.bundle.exporting.Order;
import lazaret.bundle.exporting.Signers;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.snapshot.SnapshotKind;

/// Three officers and an export host, each with a folder that represents a machine, and a removable
/// medium.
final class Machines {
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final RootPolicy.Stream STREAM =
      new RootPolicy.Stream("prod", UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2"));

  private Path folder = Path.of("");

  /// The folder of the removable medium.
  Path stick = Path.of("");

  /// Makes the machines, each with new keys.
  void begin(Path where) {
    folder = where;
    stick = where.resolve("stick");
    NewFiles.folder(stick);
    for (String name : List.of("ann", "ben", "cem", "host")) {
      make(name);
    }
    cheap(KeyFile.DECISIONS).write(machine("host"));
  }

  Path machine(String name) {
    return folder.resolve(name);
  }

  /// Makes a machine with keys, and returns the path of its public file.
  Path make(String name) {
    cheap(name).write(machine(name));
    return machine(name).resolve(name + ".pub.json");
  }

  KeyFolder keys(String name) {
    return KeyFolder.open(machine(name), typed(PASSPHRASE), CLOCK);
  }

  CeremonyInput input(String name) {
    return CeremonyInput.read(machine(name).resolve(name + ".pub.json"));
  }

  CeremonyInput decisions() {
    return CeremonyInput.read(machine("host").resolve("decisions.pub.json"));
  }

  static Map<String, RootPlan.Duty> roles(long needed, String... officers) {
    var offline = new RootPlan.Duty(Set.of(officers), needed);
    var online = new RootPlan.Duty(Set.of("host"), 1);
    Map<String, RootPlan.Duty> roles = new HashMap<>();
    roles.put(Roles.ROOT, offline);
    roles.put(Roles.TARGETS, offline);
    roles.put(Roles.SNAPSHOT, online);
    roles.put(Roles.TIMESTAMP, online);
    return roles;
  }

  Ceremony ceremony() {
    return new Ceremony(
        STREAM,
        Ceremony.LIFETIME,
        List.of(input("ann"), input("ben"), input("cem"), input("host"), decisions()),
        roles(2, "ann", "ben", "cem"),
        List.of("Ann Example", "Ben Example"));
  }

  Signing open(Path what, String name) {
    return Signing.open(what, keys(name), CLOCK);
  }

  List<String> sign(Path what, String name) {
    return open(what, name).sign();
  }

  /// Performs the ceremony, and distributes the root to all machines.
  Path rooted() {
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

  Path exported(long epoch) throws IOException {
    KeyFolder keys = keys("host");
    var source = new TestExports.Memory();
    source.add(1, Formats.crate("a", "1.0.0", "1.1.0"), Formats.crate("b", "0.1.0"));
    Order order = TestExports.inEpoch(TestExports.order(source, SnapshotKind.FULL, 1), epoch);
    var signers =
        new Signers(keys.roots(), keys.decisions(), keys.keysFor(Roles.TARGETS), List.of());
    return Exporter.export(order, source, signers, stick).folder();
  }

  static void copy(Path from, Path to) throws IOException {
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

  static Duration years(long years) {
    return Duration.ofDays(365 * years);
  }
}
