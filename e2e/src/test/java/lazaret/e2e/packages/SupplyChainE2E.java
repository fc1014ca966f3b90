package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The documents that tell where a package comes from: its bill of materials, its provenance, its
/// signature, and the licenses of its libraries.
@Tag("ci")
class SupplyChainE2E {
  private static final String SUMS = "SHA256SUMS";

  /// The files of a package that its bill of materials names.
  private static final Pattern COMPONENT =
      Pattern.compile(".*(?<!jrt-fs)\\.jar|.*\\.so|(.*/)?runtime/lib/(modules|security/cacerts)");

  private static Path folder() {
    return PackageBuild.plainArchives().folder();
  }

  /// Returns the archives with programs.
  private static List<String> packages() {
    return archives().stream().filter(name -> !name.startsWith("lazaret-cluster-")).toList();
  }

  /// Returns all archives, that of the plug-in for several servers included.
  private static List<String> archives() {
    return PackageBuild.plainArchives().names().stream()
        .filter(name -> name.endsWith(".tar.gz"))
        .toList();
  }

  @Test
  void billListsExactlyTheComponentsOfThePackage() {
    assertThat(packages()).hasSize(3);
    assertThat(archives()).hasSize(4);
    for (String name : archives()) {
      assertBill(folder().resolve(name), unpacked(name));
    }
  }

  /// Compares the bill of a package with the files of its tree.
  private static void assertBill(Path file, Path tree) {
    JsonObject bill = read(Path.of(file + ".cdx.json"));
    Map<String, String> listed = new TreeMap<>();
    for (JsonObject component : bill.objects("components")) {
      listed.put(
          component.objects("properties").getFirst().words("value"),
          component.objects("hashes").getFirst().words("content"));
    }

    assertThat(bill.words("specVersion")).isEqualTo("1.6");
    assertThat(listed).as("" + file).isEqualTo(components(tree)).hasSizeGreaterThan(30);
    assertThat(bill.objects("components"))
        .allMatch(component -> component.words("purl").startsWith("pkg:"))
        .noneMatch(component -> component.words("version").isEmpty());
  }

  @Test
  @Tag("all")
  void documentsOfPackagesWithCachesNameTheirFiles() throws IOException {
    PackageBuild built = PackageBuild.complete();
    Path debian = WorkFolder.folder("deb");
    Path deb = built.named("lazaret_", ".deb");
    PackageBuild.run("dpkg-deb", "-x", deb.toString(), debian.toString()).ok();
    assumeTrue(Machine.program("cpio").isPresent(), "cpio is not installed");
    Path fedora = WorkFolder.folder("rpm");
    Path rpm = built.named("lazaret-0", ".rpm");
    String unpack = "rpm2cpio \"$1\" | (cd \"$2\" && cpio -idm --quiet)";
    PackageBuild.run("sh", "-ec", unpack, "sh", rpm.toString(), fedora.toString()).ok();
    Path archive = built.named("lazaret-0", ".tar.gz");
    Map<Path, Path> trees =
        Map.of(deb, debian, rpm, fedora, archive, built.unpacked("lazaret-0", ".tar.gz"));

    for (Map.Entry<Path, Path> tree : trees.entrySet()) {
      assertBill(tree.getKey(), tree.getValue());
      Map<String, String> named = new TreeMap<>();
      for (JsonObject byproduct :
          read(Path.of(tree.getKey() + ".provenance.json"))
              .object("predicate")
              .object("runDetails")
              .objects("byproducts")) {
        named.put(byproduct.words("name"), digest(byproduct));
      }
      Map<String, String> caches = files(tree.getValue(), path -> path.endsWith(".aot"));
      assertThat(named).as("" + tree.getKey()).isEqualTo(caches).hasSizeBetween(5, 6);
    }
  }

  @Test
  void eachLibraryHasItsLicenseText() {
    for (String name : archives()) {
      Path home = unpacked(name);
      Path licenses = home.resolve("share/licenses");
      Map<String, String> listed = new TreeMap<>();
      for (String line : lines(licenses.resolve("LIBRARIES"))) {
        String[] fields = line.split("\t", -1);
        listed.put(fields[0], fields[2]);
        assertThat(licenses.resolve(fields[2])).isNotEmptyFile();
      }
      List<String> own =
          Stream.of(lines(Machine.root().resolve("pom.xml")), vettingModules())
              .flatMap(List::stream)
              .filter(line -> line.contains("<module>"))
              .map(line -> line.strip().replaceAll("</?module>", ""))
              .toList();

      for (String path : components(home).keySet()) {
        String jar = path.substring(path.lastIndexOf('/') + 1);
        if (jar.endsWith(".jar") && !listed.containsKey(jar)) {
          String module = jar.replaceFirst("-[0-9.]+\\.jar$", "").replaceFirst("^vetting-", "");
          assertThat(own).as(jar).containsAnyOf(module, "vetting-" + module);
        }
      }
    }
  }

  private static List<String> vettingModules() {
    return lines(Machine.root().resolve("vetting/pom.xml"));
  }

  @Test
  void statementNamesThePackageItsSourceAndItsInputs() {
    for (String name : packages()) {
      JsonObject statement = read(folder().resolve(name + ".provenance.json"));
      JsonObject build = statement.object("predicate").object("buildDefinition");

      assertThat(statement.words("_type")).isEqualTo("https://in-toto.io/Statement/v1");
      assertThat(statement.words("predicateType")).isEqualTo("https://slsa.dev/provenance/v1");
      assertThat(statement.objects("subject"))
          .extracting(subject -> subject.words("name"), SupplyChainE2E::digest)
          .containsExactly(
              tuple(name, sha256(folder().resolve(name))),
              tuple(name + ".cdx.json", sha256(folder().resolve(name + ".cdx.json"))));
      List<JsonObject> inputs = build.objects("resolvedDependencies");
      assertThat(inputs.getFirst().object("digest").words("gitCommit"))
          .isEqualTo(git("rev-parse", "HEAD"));
      String version =
          PackageBuild.run("dpkg-query", "-W", "-f", "${Version}", "ca-certificates").ok().out();
      assertThat(inputs)
          .extracting(input -> input.words("uri"))
          .contains("pkg:deb/debian/ca-certificates@" + version);
      assertThat(inputs)
          .filteredOn(input -> input.words("name").startsWith("jackson-core-"))
          .singleElement()
          .extracting(SupplyChainE2E::digest)
          .isEqualTo(sha256(only(unpacked(name).resolve("jars"), "jackson-core-")));
    }
  }

  @Test
  void signatureIsVerifiedAndAChangedByteIsRefused() throws IOException {
    Path signed = copy();
    Path key = key("EC", "-pkeyopt", "ec_paramgen_curve:P-256");

    sign(key, signed).ok();

    assertThat(verified(signed, key, SUMS).ok().out()).contains("Verified OK");
    String statement = packages().getFirst() + ".provenance.json";
    assertThat(verified(signed, key, statement).ok().out()).contains("Verified OK");
    sums(signed).ok();
    if (Machine.program("cosign").isPresent()) {
      cosign(signed, key).ok();
    }

    flip(signed.resolve(SUMS));
    assertThat(verified(signed, key, SUMS).exits(1).out()).contains("Verification failure");
    flip(signed.resolve(statement));
    verified(signed, key, statement).exits(1);
    if (Machine.program("cosign").isPresent()) {
      assertThat(cosign(signed, key).exit()).isNotZero();
    }
  }

  @Test
  void packageWithAChangedByteIsNeitherAcceptedNorSigned() throws IOException {
    Path changed = copy();
    flip(changed.resolve(packages().getFirst()));

    assertThat(sums(changed).exits(1).out()).contains(packages().getFirst() + ": FAILED");
    assertThat(sign(key("EC", "-pkeyopt", "ec_paramgen_curve:P-256"), changed).exits(3).err())
        .contains("expected the files of SHA256SUMS, found others");
    assertThat(changed.resolve(SUMS + ".sig")).doesNotExist();
  }

  @Test
  void refusesAKeyOfAnotherKind() throws IOException {
    Path folder = copy();

    assertThat(sign(key("ed25519"), folder).exits(3).err())
        .contains("expected a private key for ECDSA on the curve P-256");
  }

  /// Returns a folder with the same files, which may be replaced.
  private static Path copy() {
    Path copy = WorkFolder.folder("signed");
    PackageBuild.run("cp", "-a", folder() + "/.", copy.toString()).ok();
    return copy;
  }

  private static Path key(String algorithm, String... options) {
    Path folder = WorkFolder.folder("key");
    Path key = folder.resolve("key.pem");
    List<String> command =
        Stream.concat(Stream.of("openssl", "genpkey", "-algorithm", algorithm), Stream.of(options))
            .toList();
    PackageBuild.run(
            Stream.concat(command.stream(), Stream.of("-out", key.toString()))
                .toArray(String[]::new))
        .ok();
    PackageBuild.run(
            "openssl", "pkey", "-in", key.toString(), "-pubout", "-out", publicOf(key).toString())
        .ok();
    return key;
  }

  private static Path publicOf(Path key) {
    return key.resolveSibling("key.pub");
  }

  private static ProgramResult sign(Path key, Path folder) {
    String program = Machine.root().resolve("packaging/sign").toString();
    return PackageBuild.run(program, "--key", key.toString(), folder.toString());
  }

  /// Verifies a signature with the command of `docs/install.md`.
  private static ProgramResult verified(Path folder, Path key, String name) {
    String file = folder.resolve(name).toString();
    return PackageBuild.run(
        "openssl",
        "dgst",
        "-sha256",
        "-verify",
        publicOf(key).toString(),
        "-signature",
        file + ".sig",
        file);
  }

  private static ProgramResult cosign(Path folder, Path key) {
    String file = folder.resolve(SUMS).toString();
    return PackageBuild.run(
        "cosign",
        "verify-blob",
        "--key",
        publicOf(key).toString(),
        "--signature",
        file + ".sig",
        "--insecure-ignore-tlog",
        file);
  }

  private static ProgramResult sums(Path folder) {
    return PackageBuild.run(
        "sh",
        "-c",
        "cd \"$1\" && sha256sum --check --ignore-missing SHA256SUMS",
        "sh",
        "" + folder);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static Path unpacked(String name) {
    return PackageBuild.plainArchives().unpacked(name, name);
  }

  /// Returns the components of a package by path, with their SHA-256.
  private static Map<String, String> components(Path home) {
    return files(
        home,
        path ->
            COMPONENT.matcher(path).matches()
                && !(("/" + path).contains("/runtime/") && path.endsWith(".so")));
  }

  private static Map<String, String> files(Path home, Predicate<String> wanted) {
    try (Stream<Path> files = Files.walk(home)) {
      Map<String, String> found = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = home.relativize(file).toString();
        if (wanted.test(path)) {
          found.put(path, sha256(file));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home, e);
    }
  }

  private static Path only(Path folder, String begin) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(begin))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static String digest(JsonObject subject) {
    return subject.object("digest").words("sha256");
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(Bytes.of(Files.readAllBytes(file))).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static JsonObject read(Path file) {
    return JsonObject.parse(String.join("\n", lines(file)));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String git(String... words) {
    String[] command =
        Stream.concat(Stream.of("git", "-C", Machine.root().toString()), Stream.of(words))
            .toArray(String[]::new);
    return PackageBuild.run(command).ok().out().strip();
  }
}
