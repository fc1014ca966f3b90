package lazaret.storage.provider;

import lazaret.vetting.gate.store.Store;

/// An open store that several servers share.
///
/// @param store the store; closing it ends all that belongs to it
/// @param tasks the work that keeps it in order
public record ProvidedStore(Store store, StoreTasks tasks) {}
