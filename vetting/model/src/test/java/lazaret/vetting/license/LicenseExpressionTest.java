package lazaret.vetting.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseExpressionTest {
  @ParameterizedTest
  @CsvSource({
    "MIT, MIT",
    "MIT/Apache-2.0, MIT OR Apache-2.0",
    "MIT / Apache-2.0, MIT OR Apache-2.0",
    "A OR B AND C, A OR B AND C",
    "(A OR B) AND C, (A OR B) AND C",
    "((A)) and (B or C), A AND (B OR C)",
    "Apache-2.0 WITH LLVM-exception OR MIT, Apache-2.0 WITH LLVM-exception OR MIT",
    "MPL-2.0+, MPL-2.0+",
    "DocumentRef-x:LicenseRef-y, DocumentRef-x:LicenseRef-y",
  })
  void readsWhatManifestsHold(String text, String written) {
    assertThat(LicenseExpression.parse(text).text()).isEqualTo(written);
    assertThat(LicenseExpression.parse(written)).isEqualTo(LicenseExpression.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "MIT OR",
        "OR MIT",
        "MIT Apache-2.0",
        "(MIT",
        "MIT)",
        "MIT +",
        "MIT AND OR X",
        "()",
        "MIT WITH",
        "MIT; Apache-2.0",
        "MIT WITH (X)",
        "A//B"
      })
  void refusesWhatIsNoExpression(String text) {
    assertThatThrownBy(() -> LicenseExpression.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected an SPDX expression");
  }

  @Test
  void refusesParenthesesThatWouldExhaustTheStack() {
    assertThatThrownBy(() -> LicenseExpression.parse("(".repeat(500) + "A" + ")".repeat(500)))
        .hasMessageContaining("nested deeper");
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, true",
    "ISC, false",
    "MIT OR ISC, true",
    "MIT AND ISC, false",
    "ISC AND ISC OR MIT, true",
    "(MIT OR ISC) AND Zlib, false",
    "Apache-2.0 WITH LLVM-exception, true",
    "Apache-2.0, false",
    "MIT WITH LLVM-exception, false",
    "MPL-1.1+, true",
    "MPL-1.1, false",
    "MPL-2.0+, true",
    "MPL-3.0+, false",
    "LGPL-2.1-or-later, false",
    "mit, false",
  })
  void comparesWithAnAllowList(String text, boolean met) {
    List<LicenseTerm> allowed =
        Stream.of("MIT", "Apache-2.0 WITH LLVM-exception", "MPL-2.0", "LGPL-3.0-or-later")
            .map(LicenseExpression::parseTerm)
            .toList();

    assertThat(LicenseExpression.parse(text).isMetBy(allowed)).isEqualTo(met);
  }

  @Test
  void aListHoldsSingleLicenses() {
    assertThatThrownBy(() -> LicenseExpression.parseTerm("MIT OR ISC"))
        .hasMessageContaining("expected a single one");
  }
}
