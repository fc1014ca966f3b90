package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.JOB;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.PublishResult.Cause;
import lazaret.vetting.hosting.PublishResult.Refused;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The repetition of an upload, by a proxy or by a job that runs again.
class RepeatedUploadTest {
  private static final Caller CREATING_JOB =
      new Caller(
          JOB.name(),
          JOB.owner(),
          RoleGrants.parse(List.of("publish-new:acme-*")),
          JOB.method(),
          null,
          JOB.address());

  private static final Caller EVE = HostingFixture.person("eve", "publish-new");

  private final HostingFixture fixture = new HostingFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static void assertRefused(PublishResult result, Cause cause, String detail) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.cause()).isEqualTo(cause);
              assertThat(refused.detail()).contains(detail);
            });
  }

  @Test
  void anEqualUploadWithinAnHourIsARepetition() {
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);

    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0").file("other.rs", "")),
        Cause.INVALID,
        "published already");
    fixture.clock.advance(Duration.ofHours(1));
    assertRefused(
        fixture.publish(ADA, crate("acme-core", "1.0.0")), Cause.INVALID, "published already");
  }

  /// The crate exists by then, and the token does not permit updates of it.
  @Test
  void aRepetitionNeedsNoOtherScopeThanTheFirstUpload() {
    assertThat(fixture.publish(CREATING_JOB, "acme-core", "1.0.0")).isInstanceOf(Accepted.class);
    assertThat(fixture.publish(EVE, "acme-own", "1.0.0")).isInstanceOf(Accepted.class);

    assertThat(fixture.publish(CREATING_JOB, "acme-core", "1.0.0")).isInstanceOf(Accepted.class);
    assertThat(fixture.publish(EVE, "acme-own", "1.0.0")).isInstanceOf(Accepted.class);

    assertThat(fixture.index("acme-core").lines()).hasSize(1);
  }

  @Test
  void aScopeForNewCratesPermitsNothingElse() {
    assertThat(fixture.publish(CREATING_JOB, "acme-core", "1.0.0")).isInstanceOf(Accepted.class);

    assertRefused(
        fixture.publish(CREATING_JOB, crate("acme-core", "1.0.0").file("other.rs", "")),
        Cause.FORBIDDEN,
        "publish-update");
    assertRefused(
        fixture.publish(CREATING_JOB, "acme-core", "1.0.1"), Cause.FORBIDDEN, "publish-update");
    assertRefused(fixture.publish(EVE, "acme-core", "1.0.0"), Cause.FORBIDDEN, "publish-update");
    fixture.clock.advance(Duration.ofHours(1));
    assertRefused(
        fixture.publish(CREATING_JOB, "acme-core", "1.0.0"), Cause.FORBIDDEN, "publish-update");
  }
}
