package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.review.hunk.LineEdit;
import org.junit.jupiter.api.Test;

class UnifiedDiffWriterTest {
  private static String unified(List<String> before, List<String> after) {
    return new UnifiedDiffWriter(DiffLimits.DEFAULT)
        .write(before, after, new LineDiff(DiffLimits.DEFAULT).edits(before, after));
  }

  @Test
  void writesHunksWithThreeLinesOfContext() {
    List<String> before = IntStream.rangeClosed(1, 30).mapToObj(String::valueOf).toList();
    List<String> after = new ArrayList<>(before);
    after.set(9, "ten");
    after.remove(24);

    assertThat(unified(before, after))
        .isEqualTo(
            """
            @@ -7,7 +7,7 @@
             7
             8
             9
            -10
            +ten
             11
             12
             13
            @@ -22,7 +22,6 @@
             22
             23
             24
            -25
             26
             27
             28
            """);
  }

  @Test
  void joinsHunksWhoseContextsMeet() {
    List<String> before = IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).toList();
    List<String> after = new ArrayList<>(before);
    after.set(2, "x");
    after.set(9, "y");

    assertThat(unified(before, after)).startsWith("@@ -1,12 +1,12 @@\n").doesNotContain("\n@@");
  }

  @Test
  void aNewFileBeginsAtLineZero() {
    assertThat(unified(List.of(), List.of("a", "b"))).isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
    assertThat(unified(List.of("a"), List.of())).isEqualTo("@@ -1 +0,0 @@\n-a\n");
  }

  @Test
  void saysWhereALastLineDoesNotEnd() {
    List<String> without = new TextLines(List.of("a"), false).comparable();

    assertThat(unified(without, List.of("a")))
        .isEqualTo("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  }

  @Test
  void whatHidesOrSteersIsShownAsAnEscape() {
    assertThat(unified(List.of(), List.of("a\u202eb\u001b[2J\r\t\u00a0\u200bä")))
        .contains("+a\\u{202e}b\\u{1b}[2J\\u{d}\t\\u{a0}\\u{200b}ä\n");
  }

  @Test
  void aLongLineIsCutAndSaysSo() {
    var limits = new DiffLimits(1 << 20, 1 << 20, 100, 1_000, 10, 100, 1_000);
    List<String> after = List.of("0123456789".repeat(3));

    assertThat(
            new UnifiedDiffWriter(limits)
                .write(List.of(), after, new LineDiff(limits).edits(List.of(), after)))
        .endsWith("+0123456789 .. (20 more characters in this line)\n");
  }

  @Test
  void aDifferenceThatDoesNotFitIsNotBegun() {
    var limits = new DiffLimits(1 << 20, 1 << 20, 100, 1_000, 10, 4, 1_000);
    var unified = new UnifiedDiffWriter(limits);
    List<LineEdit> four = List.of(new LineEdit(0, 0, 0, 4));
    List<LineEdit> two = List.of(new LineEdit(0, 0, 0, 2));

    assertThat(unified.write(List.of(), List.of("a", "b", "c", "d"), four)).isEmpty();
    assertThat(unified.write(List.of(), List.of("a", "b"), two)).hasLineCount(3);
    assertThat(unified.full()).isFalse();
    assertThat(unified.write(List.of(), List.of("a", "b"), two)).isEmpty();
  }
}
