package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lazaret.mirror.clients.ClientConnections;
import lazaret.mirror.config.AccessLogFormat;
import lazaret.mirror.config.LogFormat;
import lazaret.mirror.config.WebhookEvents;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.audit.AuditStep;
import lazaret.vetting.desk.lockfiles.ClosureReport;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.tokens.Scope;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.SourcePolicy;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.Test;

/// The words of configuration, policy files, metrics and the desk's answers that are made of the
/// names of constants: a constant gets another name only together with a word that is written out.
class PublicWordsTest {
  @Test
  void constantsKeepTheNamesThatTheirWordsAreMadeOf() {
    Map<String, String> words = new TreeMap<>();
    words.put("access log", of(AccessLogFormat.class));
    words.put("audit step", of(AuditStep.Kind.class));
    words.put("closed connection", of(ClientConnections.Closed.class));
    words.put("closure", of(ClosureReport.Cause.class));
    words.put("feeds", of(FeedAge.State.class));
    words.put("log", of(LogFormat.class));
    words.put("mode", of(Policy.Mode.class));
    words.put("age", of(Policy.AgeFrom.class));
    words.put("fast lane", of(Policy.FastLane.class));
    words.put("audits cooldown", of(EvidencePolicy.Cooldown.class));
    words.put("second person", of(EvidencePolicy.Risk.class));
    words.put("pin", of(SourcePolicy.Pin.class));
    words.put("scope", of(Scope.class));
    words.put("sign-in method", of(SignInMethod.class));
    words.put("status of a package", of(PackageStatus.class));
    words.put("webhook events", of(WebhookEvents.class));

    assertThat(words)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("access log", "json common combined"),
                Map.entry("age", "publish first-sight"),
                Map.entry("audit step", "audit wildcard trusted exemption unpublished"),
                Map.entry("audits cooldown", "keep skip"),
                Map.entry("closed connection", "head slow full refused"),
                Map.entry("closure", "withheld no-match no-crate not-looked-up"),
                Map.entry("fast lane", "off clean-delta review"),
                Map.entry("feeds", "none fresh quiet old stale"),
                Map.entry("log", "text json"),
                Map.entry("mode", "enforce audit"),
                Map.entry("pin", "any branch tag rev"),
                Map.entry("scope", "read prefetch review admin"),
                Map.entry("sign-in method", "local token browser login exchange anonymous"),
                Map.entry("second person", "signals takeover vulnerability"),
                Map.entry(
                    "status of a package",
                    "served withheld criteria-not-met tampered unknown unavailable foreign-source"),
                Map.entry("webhook events", "alarms decisions all")));
  }

  private static <E extends Enum<E>> String of(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(" "));
  }
}
