package lazaret.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.cli.cargo.DoctorFinding;
import org.junit.jupiter.api.Test;

class CanaryCheckTest {
  @Test
  void aTemplateThatIsNoUrlIsAProblemOfTheServer() {
    GateProbe probe =
        (address, _) ->
            address.getPath().endsWith("config.json")
                ? new GateProbe.Reply(200, "{\"dl\":\"http://[\"}")
                : new GateProbe.Reply(404, "");

    List<DoctorFinding> findings = new CanaryCheck("http://127.0.0.1:1", null, probe).check();

    assertThat(findings.getLast().code()).isEqualTo("gate-foreign");
    assertThat(findings.getLast().what()).contains("'dl' is not a URL: 'http://[/");
  }
}
