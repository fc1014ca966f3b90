package lazaret.vetting.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineRangeSetTest {
  private static LineRangeSet set(BitSet bits) {
    List<LineRange> ranges = new ArrayList<>();
    bits.stream().forEach(bit -> ranges.add(new LineRange(bit + 1, bit + 1)));
    return new LineRangeSet(ranges);
  }

  private static BitSet random(SplittableRandom random) {
    BitSet bits = new BitSet();
    for (int i = 0; i < 12; i++) {
      int from = random.nextInt(60);
      bits.set(from, from + random.nextInt(6));
    }
    return bits;
  }

  @Test
  void agreesWithSetsOfBits() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      BitSet a = random(random);
      BitSet b = random(random);
      BitSet both = (BitSet) a.clone();
      both.and(b);
      BitSet either = (BitSet) a.clone();
      either.or(b);
      BitSet left = (BitSet) a.clone();
      left.andNot(b);

      assertThat(set(a).and(set(b))).isEqualTo(set(both));
      assertThat(set(a).plus(set(b))).isEqualTo(set(either));
      assertThat(set(a).minus(set(b))).isEqualTo(set(left));
      assertThat(set(a).count()).isEqualTo(a.cardinality());
      assertThat(set(a).containsAll(set(b))).isEqualTo(both.equals(b));
      assertThat(set(either).containsAll(set(b))).isTrue();
      assertThat(set(either).minus(set(either))).isEqualTo(LineRangeSet.NONE);
    }
  }

  @Test
  void joinsRangesThatTouch() {
    assertThat(new LineRangeSet(List.of(new LineRange(4, 6), new LineRange(1, 3))).ranges())
        .containsExactly(new LineRange(1, 6));
  }

  @Test
  void acceptsTheLastPossibleLine() {
    var all = new LineRangeSet(List.of(new LineRange(1, Integer.MAX_VALUE)));

    assertThat(all.count()).isEqualTo(Integer.MAX_VALUE);
    assertThat(all.minus(all)).isEqualTo(LineRangeSet.NONE);
    assertThat(all.plus(all)).isEqualTo(all);
  }

  @Test
  void refusesARangeWithoutLines() {
    assertThatThrownBy(() -> new LineRange(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0 to 3");
    assertThatThrownBy(() -> new LineRange(5, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 5 to 4");
  }
}
