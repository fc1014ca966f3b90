package lazaret.vetting.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CfgExpressionTest {
  private static final Platform LINUX = Platform.of("x86_64-unknown-linux-gnu");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cfg(unix);true",
        "cfg(windows);false",
        "cfg(not(windows));true",
        "cfg(target_os = \"linux\");true",
        "cfg(target_os=\"windows\");false",
        "cfg(all(unix, not(target_os = \"macos\")));true",
        "cfg(any(target_os = \"macos\", target_os = \"ios\"));false",
        "cfg(all(target_arch = \"wasm32\", target_os = \"unknown\"));false",
        "cfg(all(any(target_arch = \"x86_64\", target_arch = \"arm\"), target_env = \"gnu\"));true",
        "x86_64-unknown-linux-gnu;true",
        "x86_64-pc-windows-gnu;false",
        "cfg(target_feature = \"avx2\");true",
        "cfg(tokio_unstable);true",
        "cfg(all(tokio_unstable, windows));false",
        "cfg(any());false",
        "cfg(all());true",
        "cfg(this is not readable;true",
        "cfg(unix(;true",
      })
  void anExpressionIsEvaluatedAndWhatIsUnknownIsPossible(String expression, boolean possible) {
    assertThat(CfgExpression.possible(expression, LINUX)).isEqualTo(possible);
  }

  @Test
  void aDeepExpressionEndsAsPossible() {
    assertThat(
            CfgExpression.possible(
                "cfg(" + "not(".repeat(5_000) + "windows" + ")".repeat(5_001), LINUX))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64-pc-windows-msvc,x86_64,windows,msvc,pc,windows",
    "aarch64-apple-darwin,aarch64,macos,'',apple,unix",
    "i686-unknown-linux-musl,x86,linux,musl,unknown,unix",
    "armv7-unknown-linux-gnueabihf,arm,linux,gnu,unknown,unix",
    "aarch64-linux-android,aarch64,android,'',unknown,unix",
    "wasm32-unknown-unknown,wasm32,unknown,'',unknown,wasm",
    "wasm32-wasip1,wasm32,wasi,'',unknown,wasm",
    "thumbv7em-none-eabihf,arm,none,'',unknown,''",
  })
  void aTripleIsReadAsRustcHasIt(
      String triple, String arch, String os, String env, String vendor, String family) {
    Platform platform = Platform.of(triple);

    assertThat(platform.arch()).isEqualTo(arch);
    assertThat(platform.os()).isEqualTo(os);
    assertThat(platform.env()).isEqualTo(env);
    assertThat(platform.vendor()).isEqualTo(vendor);
    assertThat(platform.family()).isEqualTo(family);
  }

  @Test
  void aWordThatIsNoTripleIsRefused() {
    assertThatThrownBy(() -> Platform.of("linux"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a triple like x86_64-unknown-linux-gnu");
  }
}
