package lazaret.cli.login;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.LoginOperations;
import lazaret.vetting.deskapi.logins.SignedInReply;
import lazaret.vetting.text.Printable;
import picocli.CommandLine.Command;

/// The command `whoami`, which shows the identity that the gate sees.
@Command(
    name = "whoami",
    header = "Show your name, roles and token at the gate",
    footer = {"Examples:", "  vetting-cli whoami", "  vetting-cli whoami --json"},
    exitCodeList = {"0:success", "2:no valid token", "3:gate unavailable"})
public final class WhoAmIVerb extends EmptyRequestVerb<SignedInReply> {
  public WhoAmIVerb(CliSession session) {
    super(session, () -> LoginOperations.WHO_AM_I, "cannot show who you are");
  }

  @Override
  protected void print(SignedInReply reply) {
    Instant end = reply.expires();
    fact("person", reply.owner());
    fact("roles", String.join(", ", reply.roles()));
    fact("token", reply.token());
    fact("sign-in", reply.signIn());
    fact("expires", end == null ? "never" : Timestamps.distant(end, session().now()));
    fact("gate", desk().where());
  }

  private void fact(String name, String value) {
    terminal().line("%-8s %s".formatted(name, Printable.line(value)));
  }
}
