package lazaret.vetting.desk.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Locale;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskSearchTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void findsCratesByAPartOfTheirName() {
    publish("serde", 60);
    publish("serde_json", 60);
    publish("libc", 60);

    DeskSearchResult hits = find("serde");

    assertThat(hits.crates())
        .extracting(hit -> hit.name().published())
        .containsExactly("serde", "serde_json");
    assertThat(hits.total()).isEqualTo(2);
  }

  @Test
  void findsTheExactNameWithoutAServedVersion() {
    publish("young", 1);

    assertThat(find("YOUNG").crates())
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.name().published()).isEqualTo("young");
              assertThat(hit.newest()).isNull();
            });
  }

  @Test
  void findsAPartOfANameWithoutAServedVersion() {
    publish("young-one", 1);
    publish("young-two", 60);

    assertThat(find("young").crates())
        .extracting(hit -> hit.name().published(), hit -> hit.newest() == null)
        .containsExactly(tuple("young-one", true), tuple("young-two", false));
  }

  @Test
  void findsAVersionByNameAndVersion() {
    CrateId id = publish("young", 1);

    assertThat(find("young 1.0.0").versions())
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.id()).isEqualTo(id);
              assertThat(hit.verdict()).isInstanceOf(Verdict.Hold.class);
              assertThat(hit.stored()).isFalse();
            });
    assertThat(find("young@1.0.0").versions()).hasSize(1);
    assertThat(find("young 1.0.1").versions()).isEmpty();
  }

  @Test
  void findsAStoredArtifactByEightDigits() {
    CrateId id = publish("alpha", 60);
    station.download(id);
    String hex = id.cksum().hex();

    assertThat(find(hex).versions()).hasSize(1);
    assertThat(find(hex.substring(0, 8).toUpperCase(Locale.ROOT)).versions())
        .singleElement()
        .satisfies(hit -> assertThat(hit.id()).isEqualTo(id));
    assertThat(find(hex.substring(0, 7)).versions()).isEmpty();
  }

  @Test
  void findsPeopleForReviewersAlone() {
    station.desk.tokens().create("mara", RoleGrants.of(DeskRole.REVIEWER), null, "test");

    assertThat(search().find("MAR", true).people()).containsExactly("mara");
    assertThat(search().find("MAR", false).people()).isEmpty();
  }

  @Test
  void refusesLongWords() {
    assertThatThrownBy(() -> find("x".repeat(201)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot search: expected at most 200 characters, found 201");
  }

  private CrateId publish(String name, int days) {
    CrateId id = station.publish(name, "1.0.0", days);
    station.index(name);
    return id;
  }

  private DeskSearchResult find(String words) {
    return search().find(words, false);
  }

  private DeskSearch search() {
    return station.desk.searches().everything();
  }
}
