/// The knowledge of one node about the others: its beats, the changes that it learns, leases.
///
/// A beat is a write to the row of the node, which returns the decision counter. The database
/// confirms a write only if the standby for which commits wait has it, whereas a former primary
/// still answers reads. A beat that succeeds therefore proves that the node read what was
/// acknowledged before the beat began.
@NullMarked
package lazaret.storage.postgres.node;

import org.jspecify.annotations.NullMarked;
