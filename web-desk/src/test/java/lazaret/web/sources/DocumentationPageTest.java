package lazaret.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.site.DocumentationAddressReply;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.vetting.deskapi.site.DocumentationListReply;
import lazaret.vetting.deskapi.site.DocumentationListRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.WebResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentationPageTest {
  private final FixedDesk desk =
      FixedDesk.of(DeskRole.READER)
          .reply(
              DocumentationOperations.LIST,
              new DocumentationListReply(
                  List.of(row("alpha", null), row("beta", "exit 101")), "version/beta/1.0.0"));

  @Test
  void listsVersionsWithTheWayToTheirPages() {
    assertThat(desk.page("/desk/documentation?q=a"))
        .contains("href=\"/desk/documentation/alpha/1.0.0\">Read 12 pages")
        .contains("none: <bdi>exit 101</bdi>")
        .contains("<bdi>rustc 1.95.0</bdi>")
        .contains("not known")
        .contains("after=version%2Fbeta%2F1.0.0");
    assertThat(desk.requests(DocumentationListRequest.class))
        .containsExactly(new DocumentationListRequest("a", null));
  }

  @Test
  void leadsToThePages() {
    desk.reply(
        DocumentationOperations.ADDRESS,
        new DocumentationAddressReply(
            "https://docs.example.org/documentation/~t/alpha/1.0.0/alpha/index.html",
            FixedDesk.NOW));

    WebResponse response = desk.get("/desk/documentation/alpha/1.0.0");

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields())
        .contains(
            new WebResponse.Field(
                "location",
                "https://docs.example.org/documentation/~t/alpha/1.0.0/alpha/index.html"));
  }

  @Test
  void saysThatAVersionHasNoPages() {
    desk.refuse(DocumentationOperations.ADDRESS, ErrorCode.UNKNOWN, "no pages");

    assertThat(desk.get("/desk/documentation/alpha/9.0.0").status()).isEqualTo(404);
  }

  private static DocumentationInfo row(String name, @Nullable String failure) {
    return new DocumentationInfo(
        CrateName.parse(name),
        CrateVersion.parse("1.0.0"),
        Instant.parse("2026-11-20T08:00:00Z"),
        failure == null ? "rustc 1.95.0" : null,
        failure == null ? 12 : 0,
        4_096,
        failure);
  }
}
