package lazaret.vetting.deskapi.site;

import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.binding.InBody;

/// An order to fetch and inspect the Git dependencies of a lockfile.
///
/// @param lockfile the `Cargo.lock`
public record GitSourceAdmitRequest(@InBody Bytes lockfile) {}
