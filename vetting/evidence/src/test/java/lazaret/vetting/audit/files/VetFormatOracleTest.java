package lazaret.vetting.audit.files;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.OracleData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Comparison with the output of cargo-vet's formatter for the two public sets.
class VetFormatOracleTest {
  @ParameterizedTest
  @ValueSource(strings = {"google", "mozilla"})
  void printsAPublicSetAsTheFormatterDoes(String name) {
    AuditsFile file =
        AuditsReader.read(OracleData.read(OracleData.path("cargo-vet/" + name + "/audits.toml")));
    String expected =
        OracleData.read(OracleData.path("oracles/cargo-vet-fmt/" + name + ".toml")).text();

    assertThat(VetPrinter.print(file).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"google", "mozilla"})
  void leavesAFormattedSetAsItIs(String name) {
    var formatted = OracleData.read(OracleData.path("oracles/cargo-vet-fmt/" + name + ".toml"));

    assertThat(VetPrinter.print(AuditsReader.read(formatted)).text()).isEqualTo(formatted.text());
  }
}
