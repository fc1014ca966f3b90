package lazaret.vetting.desk.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;

class RequestReasonTest {
  @Test
  void aDetailHasTheWordsThenTheProjectAndTheLockfile() {
    RequestReason reason = RequestReason.of("fixes it", "web", "api/Cargo.lock");

    assertThat(reason.detail()).isEqualTo("fixes it\nproject: web\nlockfile: api/Cargo.lock");
    assertThat(RequestReason.ofDetail(reason.detail())).isEqualTo(reason);
  }

  @Test
  void aDetailOfAnEarlierBuildHasTheWordsAlone() {
    assertThat(RequestReason.ofDetail("project: x"))
        .isEqualTo(new RequestReason("project: x", null, null));
    assertThat(RequestReason.ofDetail("")).isEqualTo(new RequestReason("", null, null));
  }

  @Test
  void aBlankNameIsMissing() {
    assertThat(RequestReason.of("fixes it", " ", "").detail()).isEqualTo("fixes it");
  }

  @Test
  void refusesPartsThatAreTooLongOrHaveALineBreak() {
    assertThatThrownBy(() -> RequestReason.of(" ", null, null))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot request a version: expected a reason of 1 to 500 characters, found 1");
    assertThatThrownBy(() -> RequestReason.of("a\nproject: forged", null, null))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot request a version: expected a reason on one line, found a line break");
    assertThatThrownBy(() -> RequestReason.of("a", "p".repeat(121), null))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot request a version: expected a project of at most 120 characters on one line,"
                + " found 121");
    assertThatThrownBy(() -> RequestReason.of("a", null, "x\ny"))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot request a version: expected a lockfile of at most 120 characters on one line,"
                + " found 3");
  }
}
