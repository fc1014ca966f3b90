package lazaret.mirror.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
  private final RequestIds ids = new RequestIds();

  @Test
  void requestKeepsItsId() {
    Supplier<String> one = ids.later();
    Supplier<String> other = ids.later();

    String id = one.get();

    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(other.get()).isNotEqualTo(id);
    assertThat(one.get()).isEqualTo(id);
  }

  @Test
  void idsDifferBeyondThoseThatAreDrawnAtOnce() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      all.add(ids.next());
    }
    assertThat(all).hasSize(200);
  }
}
