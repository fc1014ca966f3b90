package lazaret.vetting.lockfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockfileTest {
  private static final String CKSUM = "ab".repeat(32);
  private static final String REGISTRY = "registry+" + CratesIo.GIT_INDEX;

  private static Lockfile parse(String text) {
    return Lockfile.parse(Bytes.utf8(text));
  }

  private static String crate(String name, String version) {
    return """
        [[package]]
        name = "%s"
        version = "%s"
        source = "%s"
        checksum = "%s"
        """
        .formatted(name, version, REGISTRY, CKSUM);
  }

  private static LockedPackage only(Lockfile file, String name) {
    return file.packages().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void readsFormat1WithItsChecksumsInMetadata() {
    Lockfile file =
        parse(
            """
            [root]
            name = "app"
            version = "0.1.0"
            dependencies = [
             "alpha 1.0.0 (%1$s)",
            ]

            [[package]]
            name = "alpha"
            version = "1.0.0"
            source = "%1$s"

            [[package]]
            name = "beta"
            version = "2.0.0"
            source = "git+https://h/b.git?branch=x#0123"

            [metadata]
            "checksum alpha 1.0.0 (%1$s)" = "%2$s"
            "checksum beta 2.0.0 (git+https://h/b.git?branch=x)" = "<none>"
            "checksum gone 1.0.0 (%1$s)" = "%2$s"
            """
                .formatted(REGISTRY, CKSUM));

    assertThat(file.format()).isEqualTo(1);
    assertThat(file.packages())
        .extracting(LockedPackage::name)
        .containsExactly("app", "alpha", "beta");
    assertThat(only(file, "app").dependencies()).containsExactly(only(file, "alpha").id());
    assertThat(only(file, "alpha").crateId())
        .hasValueSatisfying(id -> assertThat(id).hasToString("alpha 1.0.0 (sha256 abababab..)"));
    assertThat(only(file, "beta").source())
        .isEqualTo(new PackageSource.Git("https://h/b.git?branch=x", "0123"));
    assertThat(only(file, "beta").checksum()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"'',2", "'version = 3\n\n',3", "'version = 4\n\n',4"})
  void readsFormats2To4WithTheirChecksumsInline(String head, int format) {
    Lockfile file = parse("# made by hand\n" + head + crate("alpha", "1.0.0"));

    assertThat(file.format()).isEqualTo(format);
    assertThat(file.packages().getFirst().checksum()).isEqualTo(Sha256.parse(CKSUM));
  }

  @Test
  void takesAFileOfOnePackageAndOneLineBreakAtItsEndForFormat2() {
    String app = "[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n";

    assertThat(parse(app).format()).isEqualTo(2);
    assertThat(parse(app + "\n").format()).isEqualTo(1);
  }

  @Test
  void knowsThePublicRegistryByBothItsAddresses() {
    String both =
        crate("alpha", "1.0.0")
            + crate("beta", "1.0.0").replace(REGISTRY, "sparse+" + CratesIo.INDEX);

    assertThat(parse(both).fromCratesIo()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry+https://h/index",
        "sparse+https://h/",
        "registry+https://github.com/rust-lang/crates.io-index.git",
        "sparse+https://index.crates.io"
      })
  void knowsOtherRegistries(String source) {
    LockedPackage found =
        parse(crate("alpha", "1.0.0").replace(REGISTRY, source)).packages().getFirst();

    assertThat(found.source()).isEqualTo(new PackageSource.OtherRegistry(source));
    assertThat(found.crateId()).isEmpty();
  }

  @Test
  void knowsPrivateRegistriesByTheEndOfTheirAddress() {
    String source = "sparse+https://crates.example/private/index/";
    Lockfile file = parse(crate("acme-core", "1.0.0").replace(REGISTRY, source));
    LockedPackage found = file.packages().getFirst();

    assertThat(found.source()).isEqualTo(new PackageSource.Private(source));
    assertThat(found.fromCratesIo()).isFalse();
    assertThat(file.throughGate()).containsExactly(found);
    assertThat(file.crateIds()).hasSize(1);
    for (String other : List.of("registry+https://h/private/index/", "sparse+https://h/index/")) {
      assertThat(parse(crate("acme-core", "1.0.0").replace(REGISTRY, other)).throughGate())
          .as(other)
          .isEmpty();
    }
  }

  @Test
  void formerAddressesBecomeThePrivateRegistryInDependenciesToo() {
    String source = "sparse+https://old.example/index/";
    String app =
        """
        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = ["acme-core"]
        """;
    Lockfile file = parse(app + crate("acme-core", "1.0.0").replace(REGISTRY, source));

    Lockfile own = file.withPrivate(source::equals);

    LockedPackage found = only(own, "acme-core");
    assertThat(found.source()).isEqualTo(new PackageSource.Private(source));
    assertThat(only(own, "app").dependencies()).containsExactly(found.id());
    assertThat(file.withPrivate("other"::equals)).isSameAs(file);
  }

  /// Two packages of one name in two registries stay two packages.
  @Test
  void packagesOfOneNameInTwoRegistriesAreDistinct() {
    String source = "sparse+https://crates.example/private/index/";
    Lockfile file =
        parse(crate("acme-core", "1.0.0") + crate("acme-core", "1.0.0").replace(REGISTRY, source));

    assertThat(file.packages())
        .extracting(LockedPackage::source)
        .containsExactlyInAnyOrder(new PackageSource.CratesIo(), new PackageSource.Private(source));
  }

  @Test
  void takesPackagesWithoutSourceAndPathsForLocal() {
    Lockfile file =
        parse(
            """
            version = 4
            [[package]]
            name = "app"
            version = "0.1.0"
            [[package]]
            name = "ünïcode"
            version = "0.1.0"
            source = "path+file:///x"
            """);

    assertThat(file.packages())
        .allSatisfy(p -> assertThat(p.source()).isEqualTo(new PackageSource.Local()));
  }

  @Test
  void resolvesDependenciesThatSayNoMoreThanNeeded() {
    Lockfile file =
        parse(
            """
            version = 4
            [[package]]
            name = "app"
            version = "0.1.0"
            dependencies = [
             "once",
             "twice 1.0.0",
             "twice 2.0.0",
             "both 1.0.0",
             "both 1.0.0 (%1$s)",
             "repo 1.0.0 (git+https://h/r.git)",
             "repo 1.0.0 (git+https://h/s.git)",
            ]
            """
                    .formatted(REGISTRY)
                + crate("once", "3.0.0")
                + crate("twice", "1.0.0")
                + crate("twice", "2.0.0")
                + crate("both", "1.0.0")
                + "[[package]]\nname = \"both\"\nversion = \"1.0.0\"\n"
                + "[[package]]\nname = \"repo\"\nversion = \"1.0.0\"\nsource = \"git+https://h/r.git#1\"\n"
                + "[[package]]\nname = \"repo\"\nversion = \"1.0.0\"\nsource = \"git+https://h/s.git#2\"\n");

    List<LockedPackageId> dependencies = only(file, "app").dependencies();

    assertThat(dependencies)
        .extracting(LockedPackageId::toString)
        .containsExactly(
            "once 3.0.0",
            "twice 1.0.0",
            "twice 2.0.0",
            "both 1.0.0",
            "both 1.0.0",
            "repo 1.0.0",
            "repo 1.0.0");
    assertThat(dependencies.get(3).source()).isEqualTo(new PackageSource.Local());
    assertThat(dependencies.get(4).source()).isEqualTo(new PackageSource.CratesIo());
    assertThat(dependencies.get(6).source())
        .isEqualTo(new PackageSource.Git("https://h/s.git", "2"));
  }

  @Test
  void leavesOutUnknownAndAmbiguousDependenciesAsCargoDoes() {
    Lockfile file =
        parse(
            "[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n"
                + "dependencies = [\n \"gone\",\n \"twice\",\n \"twice 3.0.0\",\n]\n"
                + crate("twice", "1.0.0")
                + crate("twice", "2.0.0"));

    assertThat(only(file, "app").dependencies()).isEmpty();
  }

  @Test
  void forgetsEveryChecksumOfABadMergeAsCargoDoes() {
    Lockfile file =
        parse(
            crate("alpha", "1.0.0")
                + "[metadata]\n\"checksum alpha 1.0.0 (%s)\" = \"%s\"\n"
                    .formatted(REGISTRY, "cd".repeat(32)));

    assertThat(file.packages().getFirst().checksum()).isNull();
  }

  @Test
  void ignoresUnusedPatchesAndUnknownKeys() {
    Lockfile file =
        parse(
            "version = 4\nfuture = { x = [1, 2] }\n"
                + crate("alpha", "1.0.0")
                + "novel = 1\n[[patch.unused]]\nname = \"beta\"\nversion = \"1.0.0\"\n");

    assertThat(file.packages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 99})
  void refusesAFormatThatItDoesNotKnow(int version) {
    assertThatThrownBy(() -> parse("version = " + version + "\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot read the lockfile: lock file version `"
                + version
                + "` was found, but this version of Cargo does not understand this lock file: formats"
                + " 1 to 4 are known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<<<<<<< HEAD", "=======", ">>>>>>> other"})
  void refusesTheMarksOfAMergeConflict(String mark) {
    assertThatThrownBy(() -> parse("version = 4\n" + mark + "\n" + crate("a", "1.0.0")))
        .hasMessageContaining("it has the marks of a merge conflict");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                    | expected a format and packages, found neither",
        "# nothing                             | expected a format and packages, found neither",
        "[package]                             | 'package' is not an array of tables",
        "package = [1]                         | 'package' is not an array of tables with headers",
        "package = [{ name = \"a\" }]        | 'package' is not an array of tables with headers",
        "package.name = \"a\"                | 'package' is not an array of tables with headers",
        "version = \"4\"                     | 'version' is not an integer",
        "version = [4]                         | 'version' is not an integer",
        "version = 0x4                         | 'version' is not an integer",
        "version.x = 4                         | 'version' is not an integer",
        "[version]                             | 'version' is not an integer",
        "[version.x]                           | 'version' has a table within",
        "version = 4~version = 4               | 'version' occurs twice",
        "root = 1                              | 'root' is not a table with a header",
        "[[root]]                              | 'root' is not a table",
        "metadata = []~metadata.x = 1          | 'metadata' is not a table with a header",
        "[metadata]~[metadata]                 | 'metadata' is not a table, or occurs twice",
        "[metadata]~a.b = \"c\"              | 'metadata' has a value that is not a string",
        "[metadata]~a = 1                      | 'metadata' has a value that is not a string",
        "[metadata]~a = \"1\"~a = \"2\"    | 'metadata' has a key twice",
        "[metadata.x]                          | 'metadata' has a table within",
        "[[package]]                           | a package lacks its name or version",
        "[package.name]                        | 'name' is not a string",
        "[[package.dependencies]]              | 'dependencies' is not an array of strings",
        "<html>                                | line 1, column 1",
        "version = 4 5                         | line 1, column"
      })
  void refusesWhatIsNoLockfile(String text, String why) {
    assertThatThrownBy(() -> parse(text.replace('~', '\n')))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read the lockfile: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name = \"alpha\"     | name = \"al/pha\"   | 'al/pha' is not the name of a package",
        "name = \"alpha\"     | name = 1            | 'name' is not a string",
        "version = \"1.0.0\"  | version = \"1.0\"   | cannot read version '1.0'",
        "checksum = \"ab      | checksum = \"AB     | cannot read sha-256",
        "source = \"registry+ | source = \"ftp+     | is not registry+URL",
        "source = \"registry+ | source = \"         | is not registry+URL",
        "version = \"1.0.0\"  | name = \"b\"      | 'name' occurs twice",
        "name = \"alpha\"     | name.x = \"b\"    | 'name' is not a string",
        "name = \"alpha\"     | name = [\"b\"]    | 'name' is not a string",
        "name = \"alpha\"     | dependencies = 1    | 'dependencies' is not an array of strings",
        "name = \"alpha\"     | dependencies = \"\" | 'dependencies' is not an array of strings",
        "name = \"alpha\"     | dependencies = [1]  | 'dependencies' is not an array of strings",
        "name = \"alpha\"     | dependencies = [{ a = \"b\" }] | 'dependencies' is not an array of"
      })
  void refusesPackagesThatAreNone(String part, String changed, String why) {
    assertThatThrownBy(() -> parse(crate("alpha", "1.0.0").replace(part, changed)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void readsWhatAPersonWroteInShapesOfTheirOwn() {
    Lockfile file =
        parse(
            """
            \uFEFF version=4 # four
            [[ "package" ]]
            'name' = 'app'
            dependencies = [ "beta", # one
              "alpha 1.0.0" ]
            "version" = \"""
            0.1.0\"""
            [package.future]
            name = "not this one"
            [[package]]
            name = "alph\\u0061"
            version = "1.0.0"
            dependencies = []
            [[package]]
            version = "2.0.0"
            name = "beta"\
            """);

    assertThat(file.packages())
        .extracting(LockedPackage::id)
        .extracting(LockedPackageId::toString)
        .containsExactly("app 0.1.0", "alpha 1.0.0", "beta 2.0.0");
    assertThat(file.packages().getFirst().dependencies())
        .extracting(LockedPackageId::name)
        .containsExactly("beta", "alpha");
  }

  @Test
  void refusesAPackageTwice() {
    String twice = crate("alpha", "1.0.0") + crate("alpha", "1.0.0");

    assertThatThrownBy(() -> parse(twice))
        .hasMessage("cannot read the lockfile: package `alpha 1.0.0` is specified twice");
  }

  @Test
  void refusesNestingThatWouldOverflowTheParsersStack() {
    for (String hostile :
        List.of("x = " + "[".repeat(100_000), "x = " + "{a=".repeat(50_000), "[".repeat(100_000))) {
      assertThatThrownBy(() -> parse(hostile))
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("cannot read the lockfile: line 1, column ");
    }
  }

  @Test
  void refusesTooMuch() {
    assertThatThrownBy(() -> Lockfile.parse(Bytes.of(new byte[Lockfile.MAX_BYTES + 1])))
        .hasMessageContaining("bytes, expected at most 33554432");
    var many = new StringBuilder("version = 4\n");
    for (int i = 0; i <= Lockfile.MAX_PACKAGES; i++) {
      many.append("[[package]]\nname = \"a\"\nversion = \"1.0.").append(i).append("\"\n");
    }
    assertThatThrownBy(() -> parse(many.toString()))
        .hasMessage("cannot read the lockfile: 50001 packages, expected at most 50000");
  }

  @Test
  void refusesWhatIsNoUtf8() {
    assertThatThrownBy(() -> Lockfile.parse(Bytes.of(new byte[] {'#', (byte) 0xff, '\n'})))
        .hasMessage("cannot read the lockfile: it is not UTF-8");
  }

  @Test
  void tellsTheLineOnWhichEachPackageBegins() {
    Lockfile file =
        parse(
            "# by hand\r\nversion = 3\r\n\r\n"
                + crate("alpha", "1.0.0").replace("\n", "\r\n")
                + "\n"
                + crate("beta", "1.0.0"));

    assertThat(file.packages()).extracting(LockedPackage::line).containsExactly(4, 10);
  }

  @Test
  void findsTheLineOfARootThatIsLastInTheFile() {
    Lockfile file =
        parse(crate("alpha", "1.0.0") + "\n[root]\nname = \"app\"\nversion = \"0.1.0\"\n");

    assertThat(only(file, "app").line()).isEqualTo(7);
    assertThat(only(file, "alpha").line()).isEqualTo(1);
  }

  @Test
  void tellsNoLineWhereHeadersAreNotWrittenAsCargoWritesThem() {
    Lockfile file = parse("version = 3\n" + crate("alpha", "1.0.0").replace("[[p", "[[ p"));

    assertThat(only(file, "alpha").line()).isZero();
  }
}
