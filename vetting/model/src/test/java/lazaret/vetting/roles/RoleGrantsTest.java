package lazaret.vetting.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleGrantsTest {
  @Test
  void reviewerIncludesThoseBeforeAndNotTheAuditor() {
    RoleGrants reviewer = RoleGrants.of(DeskRole.REVIEWER);

    assertThat(reviewer.has(DeskRole.READER)).isTrue();
    assertThat(reviewer.has(DeskRole.PREFETCHER)).isTrue();
    assertThat(reviewer.has(DeskRole.AUDITOR)).isFalse();
    assertThat(reviewer.has(DeskRole.ADMIN)).isFalse();
  }

  @Test
  void auditorMayNeitherRequestNorDecide() {
    RoleGrants auditor = RoleGrants.of(DeskRole.AUDITOR);

    assertThat(auditor.has(DeskRole.READER)).isTrue();
    assertThat(auditor.hasAny(Set.of(DeskRole.REQUESTER, DeskRole.REVIEWER))).isFalse();
    assertThat(auditor.reviews(CrateName.parse("serde"))).isFalse();
  }

  @Test
  void patternsLimitTheCratesOfAReviewer() {
    RoleGrants limited = RoleGrants.parse(List.of("reviewer:zstd-* serde"));

    assertThat(limited.reviews(CrateName.parse("zstd-sys"))).isTrue();
    assertThat(limited.reviews(CrateName.parse("Zstd_Safe"))).isTrue();
    assertThat(limited.reviews(CrateName.parse("serde"))).isTrue();
    assertThat(limited.reviews(CrateName.parse("serde_json"))).isFalse();
    assertThat(limited.reviewsAll()).isFalse();
    assertThat(limited.texts()).containsExactly("reviewer:zstd-* serde");
  }

  @Test
  void adminDecidesOnAllCrates() {
    assertThat(RoleGrants.of(DeskRole.ADMIN).reviewsAll()).isTrue();
  }

  @Test
  void administratorsHaveNoScope() {
    RoleGrants admin = RoleGrants.of(DeskRole.ADMIN);

    for (DeskRole role : DeskRole.values()) {
      assertThat(admin.has(role)).as(role.code()).isEqualTo(!role.isScope());
      assertThat(role.includes(DeskRole.READER)).as(role.code()).isTrue();
    }
    assertThat(admin.permits(DeskRole.YANK, CrateName.parse("acme-core"))).isFalse();
  }

  @Test
  void scopesPermitTheirOwnActOnTheirCratesAlone() {
    RoleGrants token = RoleGrants.parse(List.of("publish-new:acme-*", "yank:acme-core"));

    assertThat(token.permits(DeskRole.PUBLISH_NEW, CrateName.parse("Acme_Next"))).isTrue();
    assertThat(token.permits(DeskRole.PUBLISH_NEW, CrateName.parse("other"))).isFalse();
    assertThat(token.permits(DeskRole.PUBLISH_UPDATE, CrateName.parse("acme-core"))).isFalse();
    assertThat(token.permits(DeskRole.YANK, CrateName.parse("acme-core"))).isTrue();
    assertThat(token.permits(DeskRole.YANK, CrateName.parse("acme-next"))).isFalse();
    assertThat(token.permits(DeskRole.CHANGE_OWNERS, CrateName.parse("acme-core"))).isFalse();
    assertThat(token.permits(DeskRole.READER, CrateName.parse("serde"))).isTrue();
    assertThat(token.reviews(CrateName.parse("acme-core"))).isFalse();
  }

  @Test
  void scopesWithoutPatternsAreForAllCrates() {
    assertThat(
            RoleGrants.of(DeskRole.PUBLISH_UPDATE)
                .permits(DeskRole.PUBLISH_UPDATE, CrateName.parse("acme-core")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish-new:*-sys", "yank:a*b", "change-owners:*x"})
  void scopesHaveTheirStarAtTheEnd(String text) {
    assertThatThrownBy(() -> RoleGrant.parse(text)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "admin, publish-new:a*, reader",
    "publish-new, publish-new:a*, publish-new:a*",
    "publish-new:a* b, publish-new:b, publish-new:b",
    "publish-update:acme-core, publish-update:acme-*, publish-update:acme-core",
    "publish-update:acme-*, publish-update:acme_core x, publish-update:acme_core",
    "publish-update:acme-*, publish-update:acme, reader",
    "publish-update:acme-x-*, publish-update:acme-*, publish-update:acme-x-*",
    "reviewer:a*b, reviewer:ab a*, reviewer:a*b ab",
    "yank, change-owners, reader",
    "admin, reviewer:zstd-*, reviewer:zstd-*",
    "reviewer:zstd-*, admin, reviewer:zstd-*",
    "reviewer:a b, reviewer:b c, reviewer:b",
    "reviewer:a, reviewer:b, prefetcher",
    "reviewer, auditor, reader",
    "prefetcher, requester, requester",
    "reader, admin, reader",
    "admin, admin, admin",
  })
  void commonRolesExceedNeitherSide(String mine, String limit, String common) {
    RoleGrants both = RoleGrants.parse(List.of(mine)).within(RoleGrants.parse(List.of(limit)));

    assertThat(both.toString()).isEqualTo(common);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "owner",
        "Reviewer",
        "auditor:serde",
        "reviewer:",
        "reviewer:a**",
        "reviewer:a/b"
      })
  void malformedRolesAreRefused(String text) {
    assertThatThrownBy(() -> RoleGrant.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refusalNamesTheKnownRoles() {
    assertThatThrownBy(() -> RoleGrant.parse("owner"))
        .hasMessage(
            "cannot read the role 'owner': expected one of reader, requester, prefetcher,"
                + " reviewer, auditor, admin, publish-new, publish-update, yank, change-owners");
  }

  @Test
  void textFormsAreReadAgain() {
    for (DeskRole role : DeskRole.values()) {
      assertThat(RoleGrant.parse(RoleGrant.of(role).toString())).isEqualTo(RoleGrant.of(role));
    }
  }
}
