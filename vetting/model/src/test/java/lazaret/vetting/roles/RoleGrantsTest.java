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

  @ParameterizedTest
  @CsvSource({
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
                + " reviewer, auditor, admin");
  }

  @Test
  void textFormsAreReadAgain() {
    for (DeskRole role : DeskRole.values()) {
      assertThat(RoleGrant.parse(RoleGrant.of(role).toString())).isEqualTo(RoleGrant.of(role));
    }
  }
}
