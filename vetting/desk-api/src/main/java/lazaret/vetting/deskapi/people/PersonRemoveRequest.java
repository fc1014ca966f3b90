package lazaret.vetting.deskapi.people;

import lazaret.vetting.deskapi.binding.InPath;

/// An order to remove a person, so that another account of the provider can have the name.
///
/// @param person the name of the person in the ledger
public record PersonRemoveRequest(@InPath String person) {}
