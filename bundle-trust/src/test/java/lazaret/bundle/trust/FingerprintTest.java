package lazaret.bundle.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void isTenGroupsOfTheDigestsFirstBits() {
    // The expected value is from another implementation, which converts the 256 bits of
    // SHA-256("abc") as one number.
    assertThat(Fingerprint.of(Sha256.of(Bytes.utf8("abc"))).groups())
        .isEqualTo("q9w1 dfwf 077y mga1 83f5 vbh2 4er0 6rd3 jrbq n75m");
  }

  @Test
  void takesWhatPeopleType() {
    Fingerprint abc = Fingerprint.of(Sha256.of(Bytes.utf8("abc")));

    assertThat(Fingerprint.parse(" " + abc.groups().replace(' ', '-').replace('1', 'I')))
        .isEqualTo(abc);
  }

  @Test
  void namesDifferencesByPositionOnly() {
    Fingerprint abc = Fingerprint.parse("q9w1 dfwf 077y mga1 83f5 vbh2 4er0 6rd3 jrbq n75m");

    assertThat(abc.differences(abc)).isEqualTo("no group");
    assertThat(abc.differences(Fingerprint.parse(abc.text().replace("n75m", "n75n"))))
        .isEqualTo("group 10");
    assertThat(abc.differences(Fingerprint.parse(abc.text().replaceAll("q9w1|83f5|6rd3", "0000"))))
        .isEqualTo("groups 1, 5 and 8");
    assertThat(abc.differences(Fingerprint.parse("z".repeat(40)))).isEqualTo("all ten groups");
  }

  @Test
  void refusesWhatIsTooShort() {
    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> Fingerprint.parse("q9w1 dfwf"));

    assertThat(refusal.reason()).isEqualTo(BundleCode.KEY_MALFORMED);
    assertThat(refusal).hasMessageContaining("'q9w1 dfwf': expected ten groups of four");
  }
}
