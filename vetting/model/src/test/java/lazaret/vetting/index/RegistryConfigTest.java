package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryConfigTest {
  private static final Sha256 CKSUM = Sha256.parse("ab".repeat(32));

  private static RegistryConfig parse(String json) {
    return RegistryConfig.parse(Bytes.utf8(json));
  }

  private static CrateId id(String name, String version) {
    return new CrateId(CrateName.parse(name), CrateVersion.parse(version), CKSUM);
  }

  @Test
  void readsUpstreamsOwn() {
    RegistryConfig config =
        parse("{\n  \"dl\": \"" + CratesIo.DL + "\",\n  \"api\": \"" + CratesIo.API + "\"\n}\n");

    assertThat(config).isEqualTo(new RegistryConfig(CratesIo.DL, CratesIo.API, false));
    assertThat(config.downloadUrl(id("serde", "1.0.9")))
        .isEqualTo(CratesIo.DL + "/serde/1.0.9/download");
  }

  @Test
  void ignoresWhatItDoesNotKnow() {
    assertThat(parse("{\"x\":{\"dl\":1},\"dl\":\"d\",\"auth-required\":true,\"y\":[[]]}"))
        .isEqualTo(new RegistryConfig("d", null, true));
    assertThat(parse("{\"dl\":\"d\",\"api\":null,\"auth-required\":false}"))
        .isEqualTo(new RegistryConfig("d", null, false));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/c, https://h/c/GammaMix/1.0.0+b/download",
    "https://h/c/, https://h/c//GammaMix/1.0.0+b/download",
    "https://h/{crate}-{version}.crate, https://h/GammaMix-1.0.0+b.crate",
    "https://h/{prefix}/{crate}, https://h/Ga/mm/GammaMix",
    "https://h/{lowerprefix}/{crate}/{crate}, https://h/ga/mm/GammaMix/GammaMix",
    "https://h/{sha256-checksum}, https://h/CKSUM",
    "https://h/{unknown}, https://h/{unknown}/GammaMix/1.0.0+b/download"
  })
  void replacesMarkersAsCargoDoes(String dl, String expected) {
    String url = new RegistryConfig(dl, null, false).downloadUrl(id("GammaMix", "1.0.0+b"));

    assertThat(url).isEqualTo(expected.replace("CKSUM", CKSUM.hex()));
  }

  @ParameterizedTest
  @CsvSource({"A,1,1", "Ab,2,2", "Abc,3/A,3/a", "Abcd,Ab/cd,ab/cd"})
  void prefixesKeepTheirCaseAndLowerPrefixesDoNot(String name, String prefix, String lower) {
    String url =
        new RegistryConfig("{prefix}:{lowerprefix}", null, false).downloadUrl(id(name, "1.0.0"));

    assertThat(url).isEqualTo(prefix + ":" + lower);
  }

  @Test
  void writesExactlyItsKeys() {
    assertThat(new RegistryConfig("http://h/dl", null, false).toJson().text())
        .isEqualTo("{\"dl\":\"http://h/dl\"}");
    RegistryConfig full = new RegistryConfig("http://h/dl", "http://h", true);
    assertThat(full.toJson().text())
        .isEqualTo("{\"dl\":\"http://h/dl\",\"api\":\"http://h\",\"auth-required\":true}");
    assertThat(RegistryConfig.parse(full.toJson())).isEqualTo(full);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                          | expected a JSON object",
        "[]                          | expected a JSON object",
        "{                           | expected one JSON object",
        "{}                          | 'dl' is missing",
        "{\"dl\":1}                  | 'dl' is not a string",
        "{\"dl\":\"\"}               | 'dl' is ''",
        "{\"dl\":\"a b\"}            | 'dl' is 'a b'",
        "{\"dl\":\"a\\nb\"}          | 'dl' is 'a?b'",
        "{\"dl\":\"é\"}              | 'dl' is 'é'",
        "{\"dl\":\"a\",\"api\":1}    | 'api' is not a string",
        "{\"dl\":\"a\",\"dl\":\"b\"} | expected one JSON object",
        "{\"dl\":\"a\",\"auth-required\":null} | 'auth-required' is not true or false",
        "{\"dl\":\"a\"} {}           | something follows the JSON object",
        "<html>                      | expected one JSON object, found '<html>'"
      })
  void refusesWhatIsNoConfiguration(String json, String why) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot read config.json: ")
        .hasMessageContaining(why);
  }

  @Test
  void readsNothingButUtf8() {
    String json = "{\"dl\":\"d\"}";

    for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      assertThatThrownBy(() -> RegistryConfig.parse(Bytes.of(json.getBytes(charset))))
          .isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> parse("\ufeff" + json)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RegistryConfig.parse(Bytes.of(new byte[] {'{', (byte) 0xff, '}'})))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesEndlessDocuments() {
    assertThatThrownBy(() -> parse(" ".repeat(RegistryConfig.MAX_BYTES + 1)))
        .hasMessage("cannot read config.json: 65537 bytes, expected at most 65536");
    assertThatThrownBy(() -> parse("{\"x\":" + "[".repeat(60_000)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> parse("{\"dl\":\"" + "a".repeat(5_000) + "\"}"))
        .hasMessageContaining("expected 1 to 4096 characters");
  }
}
