package lazaret.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BundleRefusalAdviceTest {
  @ParameterizedTest
  @EnumSource
  void eachRefusalSaysWhatToDo(BundleCode code) {
    assertThat(BundleRefusalAdvice.of(code.code() + ": cannot use it"))
        .hasValueSatisfying(line -> assertThat(line).startsWith("next: ").doesNotContain("null"));
  }

  @Test
  void otherMessagesAreNoRefusalsOfBundles() {
    assertThat(BundleRefusalAdvice.of("cannot use it: no")).isEmpty();
  }
}
