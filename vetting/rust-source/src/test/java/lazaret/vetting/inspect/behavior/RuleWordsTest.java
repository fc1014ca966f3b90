package lazaret.vetting.inspect.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.PatternPrefilter;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import org.junit.jupiter.api.Test;

/// Tests that rules begin at the words that their patterns match.
final class RuleWordsTest {
  private static final Pattern REGION =
      Pattern.compile(
          "(?i)get_locale|current_locale|sys_locale|locale_config|get_timezone|iana_time_zone|country(?:_?code)?|geo_?ip|region_code|GetUserDefaultLocaleName|GetSystemDefaultUILanguage|time_?zone|locale");
  private static final Pattern RECIPIENT =
      Pattern.compile(
          "(?:to|recipient|address|addr|destination|dest|payee|beneficiary|iban|account|script|script_pubkey"
              + "|receiver|pay_to|target|payout|wallet|pubkey|bcc)(?:_(?:address|account|key|script|iban))?"
              + "|(?:X25519)?(?:PublicKey|Recipient|EncryptionKey|PublicKeyBytes|Cert)"
              + "|pins?|trusted\\w*|keys|roots|anchors|signers|admins|allowed\\w*|recipients|authorized\\w*|issuers");

  /// The alternatives of both patterns.
  private static final List<String> WORDS =
      List.of(
          ("get_locale current_locale sys_locale locale_config get_timezone iana_time_zone country"
                  + " country_code geo_ip region_code GetUserDefaultLocaleName"
                  + " GetSystemDefaultUILanguage time_zone locale to recipient address addr"
                  + " destination dest payee beneficiary iban account script script_pubkey receiver"
                  + " pay_to target payout wallet pubkey bcc PublicKey Recipient EncryptionKey"
                  + " PublicKeyBytes Cert pin pins trusted keys roots anchors signers admins"
                  + " allowed recipients authorized issuers")
              .split(" ", -1));

  private static final List<String> MORE =
      List.of(
          ("_address _account _key _script _iban _code s _ X25519 x25519 e 1 x \u00e9 \u0130 \u212a"
                  + " \u017f - \u2028")
              .split(" ", -1));

  /// Names that the patterns for keys and for access match, at least one for each alternative.
  private static final List<String> NAMES =
      List.of(
          ("secret private priv_ keypair key_pair mnemonic entropy walletseed master_seed key_seed"
                  + " root_seed hd_seed seed_phrase seedwords seed_bytes wallet passwd passphrase token"
                  + " session_key sessionid csrf api_key nonce signing generate_key new_key freshkey"
                  + " make_key random_key create_key vault_key master_key data_key file_key rootkey otp"
                  + " salt iv Secret KeyPair Keypair PrivateKey SigningKey Mnemonic Wallet ApiKey"
                  + " AccessToken SessionToken scalar sign ephemeral verify check validate auth allow"
                  + " permit access login log_in sign_in can may admin is_admin roles guard require"
                  + " unlock license licence trusted decode claims accepts match known eq compare"
                  + " resolve lookup find pwd pin cookie header session user username user_id"
                  + " signature sig key _key digest hash mac tag role cred claim cert licen kid bearer"
                  + " webhook proof x_verify_y is_match_all")
              .split(" ", -1));

  /// Texts that the pattern for places matches, at least one for each alternative.
  private static final List<String> PLACES =
      List.of(
          ("/autostart/ LaunchAgents LaunchDaemons systemd/user systemd\\system CurrentVersion\\\\Run"
                  + " Programs\\\\Startup environment.d/ fish/conf.d fish/config fish/functions"
                  + " dbus-1/services dbus-1/system-services .vim/plugin .vim/after .vimrc nvim/init"
                  + " nvim/a/lua .claude/ .claude.json .cursor/ .windsurf .codex/ mcp.json"
                  + " mcp_config.json CLAUDE.md AGENTS.md GEMINI.md .cursorrules copilot-instructions"
                  + " .github/workflows .aider profile_default/startup sitecustomize.py"
                  + " usercustomize.py a.pth .ssh/config .ssh/rc authorized_keys authorizedkeys"
                  + " pip/pip.conf pip.ini .npmrc .yarnrc .bashrc .zshrc .zshenv /.profile"
                  + " bash_profile bash_login bash_logout bash_aliases crontab cron.d cron.daily"
                  + " rc.local profile.d/ ld.so.preload /hooks/ hooks .husky .githooks .envrc"
                  + " .cargo/config .cargo/bin .local/bin bin/git /bin/python3 .gradle/init init.d/"
                  + " .m2/settings tmux.conf .emacs init.el .inputrc .Rprofile PowerShell_profile"
                  + " udev/rules.d dispatcher.d .xprofile .xinitrc .xsession .vscode/tasks"
                  + " .devcontainer docker/cli-plugins gnome-shell/extensions oh-my-zsh .zprezto"
                  + " a.vmoptions .vscode/extensions /etc/cron")
              .split(" ", -1));

  /// Texts that the pattern for code that acts matches, one for each alternative.
  private static final List<String> CODE =
      List.of(
          "process::",
          "Command::new",
          "TcpStream",
          "UdpSocket",
          "net::",
          "fs::",
          "env::vars",
          "include_bytes",
          "extern \"C",
          "asm!");

  @Test
  void readsCodeThatThePatternMatches() {
    Map<String, Integer> matched = new TreeMap<>();
    for (String text : CODE) {
      assertThat(WriteRules.ACTS.matcher(text).find()).as(text).isTrue();
    }
    for (String text : variants(CODE)) {
      expect(matched, Need.CODE, WriteRules.ACTS.matcher(text).find(), text);
    }
    assertThat(matched.values()).hasSize(1).allMatch(count -> count > 300);
  }

  @Test
  void readsNamesAndPlacesThatThePatternsMatch() {
    Map<String, Integer> matched = new TreeMap<>();
    for (String name : variants(NAMES)) {
      boolean made =
          RandomRules.MAKES.matcher(name).matches()
              || RandomRules.TYPES.matcher(name).matches()
              || RandomRules.MAKES_NONCES.matcher(name).matches();
      expect(matched, Need.MADE, made, name);
      expect(matched, Need.ACCESS, GuardRules.GUARD.matcher(name).matches(), name);
      expect(matched, Need.SHOWN, GuardRules.GIVEN.matcher(name).find(), name);
    }
    for (String place : PLACES) {
      assertThat(AutostartFiles.PLACE.matcher(place).find()).as(place).isTrue();
    }
    for (String place : variants(PLACES)) {
      boolean matches = AutostartFiles.PLACE.matcher(place).find();
      expect(matched, Need.AUTOSTART, matches, place);
    }
    assertThat(matched.values()).hasSize(4).allMatch(count -> count > 1_000);
  }

  private static void expect(
      Map<String, Integer> matched, Need need, boolean matches, String text) {
    if (matches) {
      matched.merge(need.name(), 1, Integer::sum);
      assertThat(need.in(PatternPrefilter.of(text))).as("%s in '%s'", need, text).isTrue();
    }
  }

  @Test
  void beginAtTheWordsThatThePatternsMatch() {
    int regions = 0;
    int recipients = 0;
    for (String word : variants(WORDS)) {
      boolean region = REGION.matcher(word).matches();
      boolean recipient = RECIPIENT.matcher(word).matches();
      regions += region ? 1 : 0;
      recipients += recipient ? 1 : 0;

      assertThat(SabotageRules.region(word)).as(word).isEqualTo(region);
      assertThat(RecipientRules.begins(word)).as(word).isEqualTo(recipient);
    }
    assertThat(regions).isGreaterThan(30);
    assertThat(recipients).isGreaterThan(120);
  }

  /// Returns the words, each alone and with more before, behind and in between, and each of those
  /// in every case.
  private static Set<String> variants(List<String> all) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : all) {
      words.add(word);
      for (int i = 0; i <= word.length(); i++) {
        for (String more : MORE) {
          words.add(word.substring(0, i) + more + word.substring(i));
        }
        words.add(word.substring(0, i) + word.substring(Math.min(word.length(), i + 1)));
      }
    }
    Set<String> cases = new LinkedHashSet<>(words);
    words.forEach(word -> cases.add(word.toUpperCase(Locale.ROOT)));
    words.forEach(word -> cases.add(word.toLowerCase(Locale.ROOT)));
    words.forEach(word -> cases.add(word.replace('s', '\u017f').replace('i', '\u0131')));
    return cases;
  }
}
