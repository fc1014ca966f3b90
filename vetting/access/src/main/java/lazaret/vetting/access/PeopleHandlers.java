package lazaret.vetting.access;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.PeopleOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.people.PeopleReply;
import lazaret.vetting.deskapi.people.PersonInfo;
import lazaret.vetting.deskapi.people.PersonRemoveRequest;
import lazaret.vetting.deskapi.people.SessionsEndReply;
import lazaret.vetting.deskapi.people.SessionsEndRequest;
import lazaret.vetting.roles.SignInMethod;

/// The operations on persons.
///
/// @param sessions the sessions of persons
/// @param tokens the tokens, those of logins among them
/// @param approvedLogins ends the logins that a person approved and whose token was not fetched
/// @param removal ends the other rights of a person who is removed, by the name of the person and
///   that of the administrator
public record PeopleHandlers(
    SessionService sessions,
    TokenService tokens,
    Consumer<String> approvedLogins,
    BiConsumer<String, String> removal)
    implements HandlerSource {
  private static final int MAX_LISTED = 1_000;

  /// Creates handlers for persons who have no other rights.
  public PeopleHandlers(
      SessionService sessions, TokenService tokens, Consumer<String> approvedLogins) {
    this(sessions, tokens, approvedLogins, (_, _) -> {});
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(PeopleOperations.PEOPLE, (_, _) -> people());
    handlers.add(PeopleOperations.END_SESSIONS, this::end);
    handlers.add(PeopleOperations.REMOVE_PERSON, this::remove);
  }

  private PeopleReply people() {
    Map<String, Long> open =
        sessions.list().stream()
            .collect(Collectors.groupingBy(Session::person, Collectors.counting()));
    List<Person> all = sessions.people();
    List<PersonInfo> listed =
        all.stream()
            .limit(MAX_LISTED)
            .map(each -> info(each, open.getOrDefault(each.name(), 0L)))
            .toList();
    return new PeopleReply(listed, all.size() - listed.size());
  }

  private PersonInfo info(Person person, long open) {
    return new PersonInfo(
        person.name(),
        person.displayName(),
        person.email(),
        sessions.rolesOf(person).texts(),
        person.groups(),
        person.firstSignIn(),
        person.lastSignIn(),
        open);
  }

  /// Ends the sessions first, so that no login is confirmed by one of them meanwhile. Approved
  /// logins end before their tokens are revoked, so that none of them creates a token later.
  SessionsEndReply end(SessionsEndRequest request, Caller caller) {
    String person = request.person();
    int ended = sessions.endAll(person);
    approvedLogins.accept(person);
    long revoked =
        tokens.list().stream()
            .filter(each -> each.method() == SignInMethod.LOGIN && each.owner().equals(person))
            .filter(each -> tokens.revoke(each.name(), caller.owner()))
            .count();
    return new SessionsEndReply(person, ended, revoked);
  }

  /// Removes a person between two ends of their sessions. Before the removal, the person can begin
  /// another session and approve a login, whose token would have the name of the next account.
  SessionsEndReply remove(PersonRemoveRequest request, Caller caller) {
    Person person = sessions.person(request.person()).orElseThrow(() -> unknown(request.person()));
    SessionsEndRequest order = new SessionsEndRequest(person.name());
    SessionsEndReply before = end(order, caller);
    removal.accept(person.name(), caller.owner());
    sessions.remove(person.name(), caller.owner());
    SessionsEndReply after = end(order, caller);
    return new SessionsEndReply(
        person.name(), before.ended() + after.ended(), before.revoked() + after.revoked());
  }

  private static ProblemException unknown(String person) {
    return new ProblemException(
        List.of(
            new Problem(
                ErrorCode.UNKNOWN,
                "cannot remove '%s': expected a person who signed in, found none with this name"
                    .formatted(Excerpt.of(person)))),
        null);
  }
}
