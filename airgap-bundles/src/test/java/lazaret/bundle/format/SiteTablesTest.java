package lazaret.bundle.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import lazaret.bundle.BundleException;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables of what a bundle carries of the site, and of changes of feeds.
class SiteTablesTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private static List<BundledFile> files(String table, int parts) throws IOException {
    return FileTable.read(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)), parts);
  }

  @Test
  void filesAreReadAsTheyWereWritten() throws IOException {
    List<BundledFile> files =
        List.of(
            new BundledFile(Sha256.parse(A), 600, 1, 512),
            new BundledFile(Sha256.parse(B), 0, 1, 2_048),
            new BundledFile(Sha256.parse("c".repeat(64)), 5, 2, 512));
    StringBuilder table = new StringBuilder();
    files.forEach(file -> table.append(FileTable.line(file).text()));

    assertThat(files(table.toString(), 2)).isEqualTo(files);
    assertThat(files("", 0)).isEmpty();
  }

  @Attack(77)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n",
        "\n",
        "AA\t1\t1\t512\n",
        "aB\t1\t1\t512\n",
        "A\t1\t1\t512",
        "A\t01\t1\t512\n",
        "A\t-1\t1\t512\n",
        "A\t1\t0\t512\n",
        "A\t1\t2\t512\n",
        "A\t1\t1\t513\n",
        "A\t1\t1\t512\textra\n",
        "A\t1\t1\t512\nA\t1\t1\t1536\n",
        "B\t1\t1\t512\nA\t1\t1\t1536\n",
        "A\t1\t1\t512\nB\t1\t1\t1024\n",
        "A\t9999999999\t1\t512\n"
      })
  void otherTablesOfFilesAreRefused(String table) {
    assertThatThrownBy(() -> files(table.replace("A", A).replace("B", B), 1))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("cannot read files.tsv: ");
  }

  @Test
  void partsAreThoseOfTheStatement() {
    assertThatThrownBy(() -> files("%s\t1\t1\t512\n".formatted(A), 2))
        .hasMessageContaining("the statement counts 2 parts, the table names 1");
  }

  private static DeskRow row(DeskTable table, String key, String value) {
    return new DeskRow(table, key, Bytes.utf8(value));
  }

  private static List<DeskRow> rows(List<DeskRow> written, long stated) throws IOException {
    var bytes = new ByteArrayOutputStream();
    long length;
    try (var out = new TableLineWriter(bytes)) {
      for (DeskRow row : written) {
        SiteRowTable.write(out, row);
      }
      length = out.length();
    }
    try (var in =
        new TableLineReader(new ByteArrayInputStream(bytes.toByteArray()), "rows", length)) {
      return SiteRowTable.read(in, stated);
    }
  }

  @Test
  void rowsAreReadAsTheyWereWritten() throws IOException {
    List<DeskRow> rows =
        new ArrayList<>(
            List.of(
                row(DeskTable.SITE_FILES, "git/b", "{}"),
                row(DeskTable.GIT_SOURCES, "z", "\u00e4"),
                row(DeskTable.SITE_FILES, "git/a", "")));
    rows.sort(Comparator.comparing(SiteRowTable::order));

    assertThat(rows(rows, 3)).isEqualTo(rows);
    assertThat(rows).extracting(DeskRow::key).containsExactly("z", "git/a", "git/b");
  }

  @Test
  @Attack(77)
  void otherTablesOfRowsAreRefused() {
    DeskRow first = row(DeskTable.SITE_FILES, "git/a", "{}");
    DeskRow second = row(DeskTable.SITE_FILES, "git/b", "{}");

    assertThatThrownBy(() -> rows(List.of(second, first), 2))
        .hasMessageContaining("ascending order");
    assertThatThrownBy(() -> rows(List.of(first, first), 2))
        .hasMessageContaining("ascending order");
    assertThatThrownBy(() -> rows(List.of(first, second), 1))
        .hasMessageContaining("expected 1 rows");
    assertThatThrownBy(() -> rows(List.of(first), 2))
        .hasMessageContaining("the statement counts 2 rows, it has 1");
    assertThatThrownBy(() -> rows(List.of(), Long.MAX_VALUE))
        .hasMessageContaining("more than 1000000 rows");
  }

  @Test
  void changesOfAFeedLeadToItsNextState() {
    var before = Formats.feed("osv");
    var after =
        new Feed(
            before.info().confirmedAt(Formats.NOW.plusSeconds(60)),
            List.of(before.advisories().getLast()));
    Set<Sha256> known = FeedChanges.records(before).keySet();

    FeedChanges changes = FeedChanges.since(known, after);

    assertThat(changes.added()).isEmpty();
    assertThat(changes.removed()).hasSize(1);
    assertThat(FeedChanges.records(changes.applied(FeedChanges.records(before))))
        .isEqualTo(FeedChanges.records(after));
    assertThat(changes.header().digest())
        .isEqualTo(FeedChanges.digest(FeedChanges.records(after).keySet()))
        .isNotEqualTo(FeedChanges.digest(known));
    assertThat(FeedChanges.since(Set.of(), before).added()).hasSize(2);
  }

  /// A record without a date has the time of its feed in its line, which each fetch changes.
  @Test
  void fetchAloneChangesNoRecord() {
    var before = Formats.feed("osv");
    var later =
        new Feed(before.info().confirmedAt(Formats.NOW.plusSeconds(60)), before.advisories());

    FeedChanges changes = FeedChanges.since(FeedChanges.records(before).keySet(), later);

    assertThat(changes.added()).isEmpty();
    assertThat(changes.removed()).isEmpty();
  }

  @Test
  void changesAreReadAsTheyWereWritten() throws IOException {
    FeedChanges whole = FeedChanges.since(Set.of(Sha256.parse(A)), Formats.feed("osv"));
    FeedChanges empty = FeedChanges.since(Set.of(), Formats.feed("other"));
    var bytes = new ByteArrayOutputStream();
    long length;
    try (var out = new TableLineWriter(bytes)) {
      AdvisoryChangeTable.write(out, List.of(whole, empty));
      length = out.length();
    }
    try (var in =
        new TableLineReader(new ByteArrayInputStream(bytes.toByteArray()), "changes", length)) {
      assertThat(AdvisoryChangeTable.read(in, List.of(whole.header(), empty.header())))
          .isEqualTo(List.of(whole, empty));
    }
    try (var in =
        new TableLineReader(new ByteArrayInputStream(bytes.toByteArray()), "changes", length)) {
      assertThatThrownBy(() -> AdvisoryChangeTable.read(in, List.of(whole.header())))
          .hasMessageContaining("a record of a feed that the bundle does not name");
    }
  }

  @Test
  void collectionsOfAStatementAreSortedNames() {
    assertThat(new BundleStatement.SiteContents(List.of("git", "toolchains"), 1, 2).isEmpty())
        .isFalse();
    for (List<String> bad :
        List.of(List.of("toolchains", "git"), List.of("git", "git"), List.of("A"), List.of(""))) {
      assertThatThrownBy(() -> new BundleStatement.SiteContents(bad, 0, 0))
          .isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> new BundleStatement.SiteContents(List.of(), 1, 0))
        .isInstanceOf(MalformedException.class);
  }
}
