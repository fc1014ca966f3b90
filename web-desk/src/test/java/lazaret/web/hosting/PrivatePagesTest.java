package lazaret.web.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.hosting.PrivateCrateInfo;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCratesReply;
import lazaret.vetting.deskapi.hosting.PrivateDeletionReply;
import lazaret.vetting.deskapi.hosting.PrivateDeletionRequest;
import lazaret.vetting.deskapi.hosting.PrivateOwnerInfo;
import lazaret.vetting.deskapi.hosting.PrivateOwnersReply;
import lazaret.vetting.deskapi.hosting.PrivateOwnersRequest;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;

class PrivatePagesTest {
  private static final String PAGE = "/desk/private/acme-core";
  private static final Instant AT = FixedDesk.NOW.minus(Duration.ofDays(3));
  private static final CrateName CORE = CrateName.parse("acme-core");
  private static final CrateVersion ONE = CrateVersion.parse("1.0.0+a");
  private static final Sha256 CKSUM = Sha256.of(Bytes.utf8("x"));

  private static FixedDesk desk(DeskRole role) {
    PublicationInfo version =
        new PublicationInfo(
            ONE,
            CKSUM,
            PublicationInfo.State.HELD,
            AT,
            "ci:release",
            "ci-forge-0123",
            new PublicationInfo.Job("https://ci.example", "812", "acme/core", "0123abc", null),
            "cargo/1.95.0",
            "<script>first version</script>");
    return FixedDesk.of(role)
        .reply(
            HostingOperations.CRATES,
            new PrivateCratesReply(
                List.of(
                    new PrivateCrateInfo(CORE, "0.0.0", "the <b>core</b>", AT, "here", List.of())),
                101,
                "acme_core"))
        .reply(
            HostingOperations.CRATE,
            new PrivateCrateReply(
                CORE,
                AT,
                "ada",
                "here",
                List.of(new PrivateOwnerInfo("group:platform", "the members", "ada", AT)),
                List.of(version)))
        .reply(HostingOperations.CHANGE_OWNERS, new PrivateOwnersReply(CORE, List.of("ada")))
        .reply(HostingOperations.DELETE, new PrivateDeletionReply(CORE, ONE, CKSUM, null));
  }

  @Test
  void listsCratesWithTheirOwners() {
    assertThat(desk(DeskRole.READER).page("/desk/private?q=core"))
        .contains("101 by name", "href=\"" + PAGE + "\"", "value=\"core\"")
        .doesNotContain("<b>core</b>")
        .contains("/desk/private?q=core&amp;after=acme_core");
  }

  @Test
  void showsWhoPublishedAVersion() {
    assertThat(desk(DeskRole.READER).page(PAGE))
        .contains("group:platform", "ci:release", "ci-forge-0123", "Held when published")
        .contains("run 812 of acme/core, commit 0123abc, https://ci.example")
        .doesNotContain("<script>first")
        .doesNotContain("Change owners", "Delete the version", "?delete=");
  }

  @Test
  void administratorChangesOwners() {
    FixedDesk desk = desk(DeskRole.ADMIN);

    WebResponse changed = desk.form(PAGE + "/owners", "add=+ada+&remove=");

    assertThat(changed.status()).isEqualTo(303);
    assertThat(desk.requests(PrivateOwnersRequest.class))
        .containsExactly(new PrivateOwnersRequest(CORE, List.of("ada"), List.of()));
    assertThat(desk.page(PAGE + "?done=owners")).contains("The owners are changed.");
  }

  @Test
  void versionIsTypedAgainBeforeItIsDeleted() {
    FixedDesk desk = desk(DeskRole.ADMIN);
    assertThat(desk.page(PAGE)).contains("?delete=1.0.0%2Ba#delete-title");
    assertThat(desk.page(PAGE + "?delete=1.0.0%2Ba"))
        .contains("Delete the version", "name=\"version\" value=\"1.0.0+a\"");

    WebResponse slip = desk.form(PAGE + "/delete", "version=1.0.0%2Ba&again=1.0.0&reason=key");
    assertThat(slip.status()).isEqualTo(400);
    assertThat(desk.requests(PrivateDeletionRequest.class)).isEmpty();

    WebResponse deleted =
        desk.form(PAGE + "/delete", "version=1.0.0%2Ba&again=1.0.0%2Ba&reason=a+key");
    assertThat(deleted.status()).isEqualTo(303);
    assertThat(desk.requests(PrivateDeletionRequest.class))
        .containsExactly(new PrivateDeletionRequest(CORE, ONE, "a key"));
    assertThat(deleted.fields())
        .contains(new WebResponse.Field("location", PAGE + "?done=deleted"));
  }

  /// A server with a longer staleness still serves the version after the reply.
  @Test
  void aDeletionThatIsNotInForceEverywhereIsNamed() {
    FixedDesk desk =
        desk(DeskRole.ADMIN)
            .reply(HostingOperations.DELETE, new PrivateDeletionReply(CORE, ONE, CKSUM, AT));

    assertThat(
            desk.form(PAGE + "/delete", "version=1.0.0%2Ba&again=1.0.0%2Ba&reason=a+key").fields())
        .contains(new WebResponse.Field("location", PAGE + "?done=deleting"));
    assertThat(desk.page(PAGE + "?done=deleting"))
        .contains("Other servers may serve it until cluster.max-staleness has passed.");
  }
}
