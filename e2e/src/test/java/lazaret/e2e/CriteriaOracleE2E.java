package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.IndexSlice;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two public audit sets and the shared lockfiles. The test compares the packages that cargo-vet
/// 0.10.3 refused, as recorded next to the slice, with those that `verify --criteria` reports as
/// not vouched for. Packages count even if they are withheld for other reasons.
@Tag("ci")
class CriteriaOracleE2E {
  /// The only lockfile with packages that only tests need. cargo-vet requires less of them, and a
  /// lockfile does not show which ones they are.
  private static final String WITH_DEVELOPMENT = "hyperfine-1.19.0";

  /// A lockfile and the required criteria of its packages, in the form of the record.
  private record Asked(String lock, String criteria) {}

  @Test
  void packagesThatAreWithheldAnywayAreNotVouchedForEither() throws IOException {
    Path shared = IndexSlice.data().resolveSibling("");
    List<String[]> rows = rows(shared.resolve("oracles/cargo-vet.tsv"));
    int withheldToo = 0;
    try (IndexSlice slice = IndexSlice.open()) {
      CliProcess cli = CliProcess.beside(slice.gate());
      cli.run("feed", "import", shared.resolve("osv/crates.io-all.zip").toString()).ok();
      for (String set : List.of("mozilla", "google")) {
        Path audits = shared.resolve("cargo-vet").resolve(set).resolve("audits.toml");
        cli.run("audits", "import", audits.toString(), "--name", set).ok();
      }
      for (Asked asked : asked(rows)) {
        Path lock = lock(asked.lock());
        JsonObject verified =
            JsonObject.parse(
                Bytes.utf8(
                    cli.run("verify", "--criteria", asked.criteria(), "--json", lock.toString())
                        .out()));

        assertThat(ours(verified)).describedAs(asked.toString()).isEqualTo(theirs(rows, asked));
        withheldToo +=
            (int)
                verified.objects("packages").stream()
                    .filter(p -> p.words("status").equals("withheld") && unvouched(p))
                    .count();
      }
    }

    assertThat(withheldToo).isPositive();
  }

  private static List<String[]> rows(Path record) throws IOException {
    try (Stream<String> lines = Files.lines(record)) {
      return lines.filter(line -> !line.startsWith("#")).map(line -> line.split("\t", -1)).toList();
    }
  }

  private static List<Asked> asked(List<String[]> rows) {
    return rows.stream()
        .map(row -> new Asked(row[0], row[1]))
        .distinct()
        .filter(
            asked ->
                !(asked.lock().startsWith(WITH_DEVELOPMENT)
                    && asked.criteria().equals("safe-to-deploy")))
        .toList();
  }

  private static Path lock(String named) {
    String folder = named.substring(0, named.indexOf('/'));
    IndexSlice.Subject subject =
        IndexSlice.subjects().filter(s -> s.name().equals(folder)).findFirst().orElseThrow();
    boolean today = !subject.program() && named.endsWith("/Cargo.lock");
    return (today ? subject.layToday() : subject.lay()).folder().resolve("Cargo.lock");
  }

  private static SortedSet<String> theirs(List<String[]> rows, Asked asked) {
    return rows.stream()
        .filter(row -> row[0].equals(asked.lock()) && row[1].equals(asked.criteria()))
        .filter(row -> row[4].equals("fail"))
        .map(row -> row[2] + " " + row[3])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static SortedSet<String> ours(JsonObject verified) {
    return verified.objects("packages").stream()
        .filter(CriteriaOracleE2E::unvouched)
        .map(p -> p.words("name") + " " + p.words("version"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean unvouched(JsonObject verified) {
    return verified.objects("reasons").stream()
        .anyMatch(reason -> reason.words("code").equals("criteria-not-met"));
  }
}
