package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;
import static lazaret.conformance.cases.CaseContext.expectStatus;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryClient;
import lazaret.conformance.client.RegistryJson;
import lazaret.conformance.client.RegistryResponse;

/// Groups B and C: what a publish does, and build metadata.
final class BasicCases {
  private BasicCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, tests/krate/publish/basics.rs");
    publishes(all);
    lines(all.from("Cargo reference, Sparse Protocol"));
    versions(all.from("crates.io, tests/krate/publish/build_metadata.rs"));
    return all.all();
  }

  private static void publishes(CaseList all) {
    all.add(
            "B1",
            "The index has the line of a new crate with the SHA-256 of its bytes",
            c -> {
              UploadBuilder crate = c.crate();
              String cksum = c.accepted(crate).text("cksum");
              expect(cksum.equals(sha256(crate.crate())), sha256(crate.crate()), cksum);
              expect(c.owner().lines(crate.name()).size() == 1, "one line", crate.name());
            })
        .add(
            "B2",
            "A download has the bytes of the upload",
            c -> {
              UploadBuilder crate = c.crate();
              String cksum = c.accepted(crate).text("cksum");
              RegistryResponse answer = c.owner().download(crate.name(), ONE, cksum);
              expect(
                  answer.status() == 200 && Arrays.equals(answer.body(), crate.crate()),
                  "the bytes of the upload",
                  answer.status() + " with " + answer.body().length + " bytes");
            })
        .add(
            "B3",
            "A pre-release of 0.0.0 is accepted",
            c -> c.accepted(new UploadBuilder(c.name(), "0.0.0-pre")))
        .add("B4", "A second version leaves the line of the first", BasicCases::second)
        .add(
            "B5",
            "The same version is refused, also with other bytes",
            c -> {
              UploadBuilder crate = c.crate();
              c.accepted(crate);
              c.refused(new UploadBuilder(crate.name(), ONE).file("other.txt", "x"));
            })
        .add(
            "B6",
            "The reply has three lists of warnings",
            c -> {
              RegistryResponse answer = c.owner().publish(c.crate());
              RegistryJson warnings = answer.json().object("warnings");
              expect(
                  warnings.isList("invalid_categories")
                      && warnings.isList("invalid_badges")
                      && warnings.isList("other"),
                  "warnings with three lists",
                  answer);
            })
        .add("B7", "The index has a version when the reply arrives", c -> c.accepted(c.crate()))
        .add(
            "B8",
            "A version lower than the newest is accepted",
            c -> {
              String name = c.published();
              c.accepted(new UploadBuilder(name, "0.9.0"));
            });
  }

  private static void lines(CaseList all) {
    all.add("B9", "The entity tag changes with each publish", BasicCases::tags)
        .add("B10", "The line keeps the case of the name, the path has none", BasicCases::letters)
        .add("B11", "A line is compact JSON, and ends in a line feed", BasicCases::compact);
  }

  private static void versions(CaseList all) {
    all.add(
            "C1",
            "Versions differ by more than build metadata",
            c -> pair(c, "1.0.0+foo", "1.0.0+bar"))
        .add(
            "C2",
            "Pre-releases differ by more than build metadata",
            c -> pair(c, "1.0.0-beta.1", "1.0.0-beta.1+2"))
        .add("C3", "Build metadata is not the only difference", c -> pair(c, "1.0.0+foo", ONE))
        .from("crates.io, tests/krate/publish/validation.rs")
        .add(
            "C4",
            "A version of another form is refused",
            c -> {
              for (String each : List.of("1.0", "1.0.0.0", "01.0.0", "1.0.0-01", "broken")) {
                c.refused(new UploadBuilder(c.name(), each));
              }
            });
  }

  private static void pair(CaseContext c, String first, String second) {
    String name = c.name();
    c.accepted(new UploadBuilder(name, first));
    c.refused(new UploadBuilder(name, second));
  }

  private static void second(CaseContext c) {
    String name = c.published();
    String first = c.owner().index(name).text().strip();
    c.accepted(new UploadBuilder(name, "1.1.0"));
    List<String> lines = c.owner().index(name).text().lines().toList();
    expect(
        lines.size() == 2 && lines.contains(first), "two lines, of which one is as before", lines);
  }

  private static void tags(CaseContext c) {
    String name = c.published();
    String before = c.owner().index(name).header("etag").orElse("");
    expect(!before.isEmpty(), "an entity tag", "none");
    expectStatus(c.owner().index(name, "If-None-Match", before), 304);
    c.accepted(new UploadBuilder(name, "1.1.0"));
    RegistryResponse after = c.owner().index(name, "If-None-Match", before);
    expectStatus(after, 200);
    expect(!after.header("etag").orElse("").equals(before), "another entity tag", before);
  }

  private static void letters(CaseContext c) {
    String name = c.name("Mixed");
    UploadBuilder crate = new UploadBuilder(name, ONE);
    c.accepted(crate);
    expect(c.line(crate).text("name").equals(name), name, c.line(crate));
    String path = RegistryClient.path(name);
    expect(path.equals(path.toLowerCase(Locale.ROOT)), "a path of small letters", path);
  }

  private static void compact(CaseContext c) {
    String text = c.owner().index(c.published()).text();
    expect(
        text.endsWith("}\n") && !text.contains("\": ") && !text.contains("\r"),
        "compact JSON with a line feed at its end",
        text);
  }

  /// Returns the SHA-256 of bytes as an index line has it.
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
