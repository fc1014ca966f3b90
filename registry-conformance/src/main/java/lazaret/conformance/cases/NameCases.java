package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;
import static lazaret.conformance.cases.CaseContext.expectStatus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryResponse;

/// Groups H to K: names, similar names, descriptions, and keywords.
final class NameCases {
  private NameCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, tests/krate/publish/validation.rs, keywords");
    all.add("H1", "An empty name is refused", c -> refused(c, ""))
        .add("H2", "A name with a space is refused", c -> refused(c, c.name("a b")))
        .add("H3", "A name of 65 characters is refused", c -> refused(c, "a".repeat(65)))
        .add("H4", "A name beyond ASCII is refused", c -> refused(c, c.name("\u00e4")))
        .add("H5", "A crate of Rust is refused", c -> refused(c, "std"))
        .add("H6", "A former crate of Rust is refused", c -> refused(c, "compiler_rt"))
        .add("H7", "The name of a device is refused", c -> refused(c, "nul"))
        .add("H8", "A name that begins with a digit is refused", c -> refused(c, "1" + c.name()))
        .add(
            "H10",
            "A name that begins with a dash or an underscore is refused",
            c -> {
              refused(c, "-" + c.name());
              refused(c, "_" + c.name());
            })
        .add("H11", "A crate of Rust in capitals is refused", c -> refused(c, "ALLOC"))
        .add("H9", "A reserved name is refused", c -> refused(c, c.declared("reserved-name")))
        .needing("reserved-name");
    similar(all.from("crates.io, tests/krate/publish/similar_names.rs"));
    described(all.from("crates.io, tests/krate/publish/validation.rs"));
    words(all.from("crates.io, tests/krate/publish/keywords.rs, categories.rs"));
    return all.all();
  }

  private static void refused(CaseContext c, String name) {
    c.refused(new UploadBuilder(name, ONE));
  }

  private static void similar(CaseList all) {
    all.add(
            "I1",
            "The same name in small letters is the same crate, or refused",
            c -> spelled(c, name -> name.toLowerCase(Locale.ROOT)))
        .add(
            "I2",
            "The same name with underscores is the same crate, or refused",
            c -> spelled(c, name -> name.toLowerCase(Locale.ROOT).replace('-', '_')))
        .add(
            "I3",
            "A refusal of another spelling has the spelling of the crate",
            c -> spelled(c, name -> name.replace('-', '_')))
        .add(
            "I4",
            "Another spelling has no index file",
            c -> {
              String name = mixed(c);
              expectStatus(c.owner().index(name.replace('-', '_')), 404, 410, 451);
            });
  }

  private static String mixed(CaseContext c) {
    String name = c.name("Foo-Bar");
    c.accepted(new UploadBuilder(name, ONE));
    return name;
  }

  private interface Spelling {
    String of(String name);
  }

  private static void spelled(CaseContext c, Spelling spelling) {
    String name = mixed(c);
    String other = spelling.of(name);
    RegistryResponse answer = c.owner().publish(new UploadBuilder(other, "1.1.0"));
    if (answer.isSuccess()) {
      expect(
          c.owner().line(name, "1.1.0").isPresent(), "the version in the file of " + name, answer);
    } else {
      expect(
          answer.status() < 500 && answer.detail().contains(name),
          "a refusal that names " + name,
          answer);
    }
  }

  private static void described(CaseList all) {
    all.add(
            "J1",
            "A version without a description is refused",
            c -> c.refused(c.crate().without("description")))
        .needing("description-required")
        .add(
            "J2",
            "A version without a license is refused",
            c -> c.refused(c.crate().without("license")))
        .needing("license-required")
        .add(
            "J3",
            "The file of a license suffices",
            c ->
                c.accepted(
                    c.crate()
                        .without("license")
                        .field("license-file", "\"LICENSE\"")
                        .file("LICENSE", "free\n")))
        .add(
            "J4",
            "A malformed license is refused",
            c -> c.refused(c.crate().field("license", "\"MIT AND\"")))
        .needing("license-required")
        .add(
            "J5",
            "A description of more than 1,000 characters is refused",
            c -> c.refused(c.crate().field("description", '"' + "a".repeat(1_001) + '"')))
        .add(
            "J6",
            "An address of another scheme than http and https is refused",
            c -> {
              for (String key : List.of("homepage", "documentation", "repository")) {
                c.refused(c.crate().field(key, "\"javascript:alert(1)\""));
              }
            })
        .add(
            "J7",
            "Addresses of the schemes http and https are accepted",
            c ->
                c.accepted(
                    c.crate()
                        .field("homepage", "\"http://example.org\"")
                        .field("documentation", "\"https://example.org/docs\"")
                        .field("repository", "\"https://example.org/suite.git\"")))
        .add(
            "J8",
            "An empty readme is accepted",
            c -> c.accepted(c.crate().field("readme", "\"README.md\"").file("README.md", "")));
  }

  private static void words(CaseList all) {
    all.add(
            "K1",
            "Three keywords are accepted",
            c -> c.accepted(c.crate().field("keywords", "[\"one\", \"two-2\", \"c++\"]")))
        .add("K2", "A keyword of 21 characters is refused", c -> keyword(c, "a".repeat(21)))
        .add("K3", "A keyword with a space is refused", c -> keyword(c, "two words"))
        .add("K4", "A keyword with other characters is refused", c -> keyword(c, "?@%"))
        .add(
            "K5",
            "Six keywords are refused",
            c -> c.refused(c.crate().field("keywords", quoted("k", 6))))
        .add(
            "K6",
            "An unknown category is not a reason to refuse",
            c -> c.accepted(c.crate().field("categories", "[\"no-such-category\"]")))
        .add(
            "K7",
            "Six categories are refused",
            c -> c.refused(c.crate().field("categories", quoted("c", 6))));
  }

  private static void keyword(CaseContext c, String word) {
    c.refused(c.crate().field("keywords", "[\"" + word + "\"]"));
  }

  private static String quoted(String word, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> '"' + word + i + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
