package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lazaret.vetting.review.hunk.LineEdit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineDiffTest {
  private static List<LineEdit> edits(List<String> before, List<String> after) {
    return new LineDiff(DiffLimits.DEFAULT).edits(before, after);
  }

  @Test
  void equalTextsHaveNoEdits() {
    assertThat(edits(List.of("a", "b"), List.of("a", "b"))).isEmpty();
  }

  @Test
  void findsTheSmallestEdits() {
    assertThat(edits(List.of("a", "b", "c", "d"), List.of("a", "c", "x", "d")))
        .containsExactly(new LineEdit(1, 2, 1, 1), new LineEdit(3, 3, 2, 3));
  }

  @Test
  void aLineOfTenThousandReplacedIsOneLine() {
    List<String> before = IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toList();
    List<String> after = new ArrayList<>(before);
    after.set(5_000, "another");

    assertThat(edits(before, after)).containsExactly(new LineEdit(5_000, 5_001, 5_000, 5_001));
  }

  @Test
  void whatIsTooLongToBeMatchedCountsAsReplaced() {
    var limits = new DiffLimits(1 << 20, 1 << 20, 6, 1_000, 100, 100, 1_000);

    assertThat(
            new LineDiff(limits)
                .edits(List.of("a", "b", "c", "d", "e"), List.of("a", "1", "c", "2", "x", "e")))
        .containsExactly(new LineEdit(1, 4, 1, 5));
  }

  @Test
  void aSpentBudgetEndsTheMatching() {
    var diff = new LineDiff(new DiffLimits(1 << 20, 1 << 20, 100, 40, 100, 100, 1_000));
    List<String> before = List.of("a", "b", "c");
    List<String> after = List.of("x", "b", "y");

    assertThat(diff.edits(before, after)).hasSize(2);
    assertThat(diff.edits(before, after)).containsExactly(new LineEdit(0, 3, 0, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void editsLeadFromOneTextToTheOther(long seed) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      List<String> before = text(random, random.nextInt(40));
      List<String> after =
          random.nextBoolean() ? text(random, random.nextInt(40)) : changed(random, before);

      List<LineEdit> edits = edits(before, after);

      assertThat(applied(before, after, edits)).isEqualTo(after);
      for (int i = 1; i < edits.size(); i++) {
        // At least one line is between two edits, or they would be one.
        assertThat(edits.get(i).oldFrom()).isGreaterThan(edits.get(i - 1).oldTo());
      }
    }
  }

  private static List<String> text(SplittableRandom random, int length) {
    return IntStream.range(0, length).mapToObj(_ -> "" + (char) ('a' + random.nextInt(4))).toList();
  }

  private static List<String> changed(SplittableRandom random, List<String> text) {
    List<String> changed = new ArrayList<>(text);
    for (int n = random.nextInt(4); n > 0 && !changed.isEmpty(); n--) {
      int at = random.nextInt(changed.size());
      if (random.nextBoolean()) {
        changed.remove(at);
      } else {
        changed.add(at, "new");
      }
    }
    return changed;
  }

  private static List<String> applied(
      List<String> before, List<String> after, List<LineEdit> edits) {
    List<String> applied = new ArrayList<>();
    int at = 0;
    for (LineEdit edit : edits) {
      applied.addAll(before.subList(at, edit.oldFrom()));
      applied.addAll(after.subList(edit.newFrom(), edit.newTo()));
      at = edit.oldTo();
    }
    applied.addAll(before.subList(at, before.size()));
    return applied;
  }
}
