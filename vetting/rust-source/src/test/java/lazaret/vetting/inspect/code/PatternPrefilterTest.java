package lazaret.vetting.inspect.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.FlowRules;
import lazaret.vetting.inspect.behavior.OptInProfiles;
import lazaret.vetting.inspect.behavior.TextRules;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import org.junit.jupiter.api.Test;

final class PatternPrefilterTest {
  private static final int TEXTS = 60_000;

  /// Pieces of texts that the patterns match, and of similar texts.
  private static final List<String> PIECES =
      List.of(
          ("rustc- cdylib- link-arg s = env= flags= cargo cargo: : LD_ PATH . / // .. \u0001 \u0002"
                  + " {x} x 9 .cargo config bin env credentials registry git .gitconfig .git hooks"
                  + " info .config fish systemd autostart .rustup rustup toolchains settings core."
                  + " hookspath sshcommand fsmonitor editor pager credential.helper filter. .smudge"
                  + " .clean .process insteadof init.templatedir .profile .zshenv .envrc"
                  + " rustc-workspace-wrapper .vscode tasks .idea .toml rustc proc self thread-self"
                  + " task mem environ maps fd stat tests test benches examples testdata test-data"
                  + " test_data fixtures corpus snapshots .ssh /environ Login KEYSTORE seed wif"
                  + " hostname password glob sign Digest address 169.254.169.254 169.254.170.2"
                  + " metadata.google.internal 100.100.100.200 .bashrc .zprofile config.fish .service"
                  + " .timer app.plist fetch vars vars_os verify is_VALID auth_token ibans a.b rerun-if :// InsteadOf CONFIG.TOML"
                  + " .CARGO Core.Pager /. /proc/self/ /proc/\u0001 cargo:rustc-env= /dev/ input/ /sys/class/ hidraw std::process:: fs:: asm! \u00e9 \u212a")
              .split(" ", -1));

  private static final Pattern GUARDS =
      Pattern.compile("(?i)verif|check|valid|auth|passw|token|secret|seed|_key|otp|header|iban");

  private static final Pattern MADE = Pattern.compile("(?i)seed|token|key|sign");
  private static final Pattern ACCESS = Pattern.compile("(?i)verif|valid|auth|sign|log");
  private static final Pattern SHOWN = Pattern.compile("(?i)token|digest|auth|passw|cred");
  private static final Pattern AUTOSTART =
      Pattern.compile("(?i)autostart|systemd|hooks|\\.envrc|\\.profile|\\.ssh/|\\.cargo/");

  private static final Pattern CODE =
      Pattern.compile("process::|Command::new|net::|fs::|env::vars|extern \"C|asm!");

  private static final Map<Need, Predicate<String>> MATCHES = matches();

  private static Map<Need, Predicate<String>> matches() {
    Map<Need, Predicate<String>> all = new EnumMap<>(Need.class);
    for (Need need : Need.values()) {
      all.put(
          need,
          switch (need) {
            case DIRECTIVE ->
                any(
                    TextRules.LINK_ARGUMENT,
                    TextRules.DIRECTIVE,
                    TextRules.VARIABLE,
                    TextRules.FLAGS);
            case CONFIGURATION -> any(TextRules.CONFIGURATION);
            case CARGO_HOME -> any(TextRules.CARGO_HOME_FILE);
            case PROCESS -> any(TextRules.PROC);
            case TEST_DATA -> TestDataPaths::names;
            case CREDENTIAL -> holding(SecretNames.locations());
            case SECRET -> holding(SecretNames.names());
            case SEAL -> holding(SecretNames.SEALS);
            case CALL -> SecretNames.calls()::contains;
            case SERVICE -> any(FlowRules.SERVICE);
            case PROFILE -> any(OptInProfiles.PROFILE);
            case GUARD -> any(GUARDS);
            case MADE -> any(MADE);
            case ACCESS -> any(ACCESS);
            case SHOWN -> any(SHOWN);
            case AUTOSTART -> any(AUTOSTART);
            case DEVICE -> text -> SecretNames.ofDevice(text) != 0;
            case CODE -> any(CODE);
            case UNIT -> text -> text.endsWith(".service") || text.endsWith(".timer");
          });
    }
    return all;
  }

  private static Predicate<String> holding(List<String> parts) {
    return text -> {
      String small = text.toLowerCase(Locale.ROOT);
      return parts.stream().anyMatch(small::contains);
    };
  }

  private static Predicate<String> any(Pattern... patterns) {
    return text -> {
      for (Pattern pattern : patterns) {
        if (pattern.matcher(text).find()) {
          return true;
        }
      }
      return false;
    };
  }

  @Test
  void hidesNothingThatAPatternMatches() {
    Random random = new Random(20_261_128);
    Map<Need, Integer> matched = new EnumMap<>(Need.class);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      int found = PatternPrefilter.of(text);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(PatternPrefilter.of(bytes, 0, bytes.length)).as(text).isEqualTo(found);
      MATCHES.forEach(
          (need, matches) -> {
            if (matches.test(text)) {
              matched.merge(need, 1, Integer::sum);
              assertThat(need.in(found)).as("%s in '%s'", need, text).isTrue();
            }
          });
    }
    assertThat(matched.keySet()).containsExactlyInAnyOrder(Need.values());
    assertThat(matched.values()).allMatch(count -> count > 20);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      text.append(piece).append(random.nextInt(3) == 0 ? "/" : "");
    }
    return text.toString();
  }

  @Test
  void findsNothingInCommonTexts() {
    assertThat(List.of("", "Hello, world!", "x", "expected {} found {}", "\u00e9t\u00e9", "src"))
        .allMatch(text -> PatternPrefilter.of(text) == 0);
  }

  @Test
  void readsWhatStandsBetweenPiecesAsItIsAskedTo() {
    String text = "tests" + ConstantTexts.BETWEEN + "data";

    assertThat(Need.TEST_DATA.in(PatternPrefilter.of(text, '/'))).isTrue();
    assertThat(Need.TEST_DATA.in(PatternPrefilter.of(text, ' '))).isFalse();
    assertThat(Need.TEST_DATA.in(PatternPrefilter.of(text))).isFalse();
  }
}
