package lazaret.vetting.deskapi.people;

import lazaret.vetting.deskapi.binding.InPath;

/// An order to end all sessions of a person.
///
/// @param person the name of the person in the ledger
public record SessionsEndRequest(@InPath String person) {}
