package lazaret.bench.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The share of incidents that a wait of a number of days would have outlasted.
record CooldownCurve() implements PageSection {
  private static final String TABLE = "windows.tsv";
  private static final List<Integer> DAYS = List.of(1, 3, 7, 14, 30);
  private static final List<Integer> REFERENCE = List.of(48, 61, 80, 82, 86);

  /// One line of the table.
  ///
  /// @param crate name of the crate
  /// @param hours hours in which the malicious version could be fetched
  record Window(String crate, long hours) {}

  @Override
  public void write(MarkdownPage page) {
    List<Window> windows = windows();
    page.heading(2, "Cooldown");
    page.paragraph(
        """
        The share of incidents whose malicious version was gone before a wait of so many days would have ended. The %d crates
        are those of which a source names both days, or the length; the table with the sources is `%s` next to the class. Where
        only days are known, the difference of the dates counts in full. The line below is the figure of the study that the
        design rests on, over 44 crates; it differs by the few crates whose dates we could not find in a source that we hold.
        """
            .formatted(windows.size(), TABLE));
    List<String> header = new ArrayList<>(List.of("wait"));
    List<String> counts = new ArrayList<>(List.of("outlasted"));
    List<String> shares = new ArrayList<>(List.of("share"));
    List<String> study = new ArrayList<>(List.of("the study"));
    for (int i = 0; i < DAYS.size(); i++) {
      long hours = DAYS.get(i) * 24L;
      long within = windows.stream().filter(w -> w.hours() <= hours).count();
      header.add(DAYS.get(i) + " d");
      counts.add(within + " of " + windows.size());
      shares.add(MarkdownPage.share(within, windows.size()));
      study.add(REFERENCE.get(i) + " %");
    }
    page.table(header, List.of(counts, shares, study));
    List<String> longer =
        windows.stream().filter(w -> w.hours() > 30 * 24).map(w -> "`" + w.crate() + "`").toList();
    page.paragraph(
        "Outlive 30 days: %s. All of them act at run time; waiting does not find them, reading does."
            .formatted(String.join(", ", longer)));
  }

  /// Returns the share of incidents, from 0 to 1, that a wait of a number of days outlasts.
  static double share(int days) {
    List<Window> windows = windows();
    return windows.stream().filter(w -> w.hours() <= days * 24L).count() / (double) windows.size();
  }

  /// Reads the table.
  static List<Window> windows() {
    try (InputStream in =
        Objects.requireNonNull(CooldownCurve.class.getResourceAsStream(TABLE), TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Window(cells[0], Long.parseLong(cells[1])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }
}
