package lazaret.vetting.deskapi.people;

import java.util.List;

/// The persons who signed in, by name.
///
/// @param people the persons, at most 1,000
/// @param more the number of persons that are not listed
public record PeopleReply(List<PersonInfo> people, long more) {
  public PeopleReply {
    people = List.copyOf(people);
  }
}
