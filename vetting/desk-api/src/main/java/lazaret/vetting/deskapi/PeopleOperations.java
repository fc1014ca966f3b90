package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.people.PeopleReply;
import lazaret.vetting.deskapi.people.PersonRemoveRequest;
import lazaret.vetting.deskapi.people.SessionsEndReply;
import lazaret.vetting.deskapi.people.SessionsEndRequest;

/// The operations on persons.
public final class PeopleOperations {
  /// Returns the persons who signed in at the identity provider.
  public static final Operation<EmptyRequest, PeopleReply> PEOPLE =
      Operation.get("people", "/people", EmptyRequest.class, PeopleReply.class)
          .access(Access.AUDIT)
          .summary("List the persons who signed in");

  /// Ends all sessions of a person, and revokes the tokens of their logins.
  public static final Operation<SessionsEndRequest, SessionsEndReply> END_SESSIONS =
      Operation.delete(
              "endSessions",
              "/people/{person}/sessions",
              SessionsEndRequest.class,
              SessionsEndReply.class)
          .access(Access.ADMIN)
          .summary("End the sessions of a person, and revoke the tokens of their logins");

  /// Removes a person with their sessions and the tokens of their logins. The name is free then.
  public static final Operation<PersonRemoveRequest, SessionsEndReply> REMOVE_PERSON =
      Operation.delete(
              "removePerson", "/people/{person}", PersonRemoveRequest.class, SessionsEndReply.class)
          .access(Access.ADMIN)
          .summary("Remove a person, so that another account can have the name");

  private PeopleOperations() {}
}
