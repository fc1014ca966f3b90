package lazaret.vetting.inspect.behavior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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

  @Test
  void beginAtTheWordsThatThePatternsMatch() {
    int regions = 0;
    int recipients = 0;
    for (String word : words()) {
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

  /// Returns the alternatives, each alone and with more before, behind and in between, and each of
  /// those in every case.
  private static Set<String> words() {
    Set<String> words = new LinkedHashSet<>();
    for (String word : WORDS) {
      words.add(word);
      for (int i = 0; i <= word.length(); i++) {
        for (String more : MORE) {
          words.add(word.substring(0, i) + more + word.substring(i));
        }
        words.add(word.substring(0, i) + word.substring(Math.min(word.length(), i + 1)));
      }
    }
    Set<String> all = new LinkedHashSet<>(words);
    words.forEach(word -> all.add(word.toUpperCase(Locale.ROOT)));
    words.forEach(word -> all.add(word.toLowerCase(Locale.ROOT)));
    words.forEach(word -> all.add(word.replace('s', '\u017f').replace('i', '\u0131')));
    return all;
  }
}
