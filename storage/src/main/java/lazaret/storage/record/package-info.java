/// The binary forms of stored data, independent of the engine.
///
/// Every record begins with a byte that names its kind and form and ends with a checksum. A flipped
/// bit is found when the record is read, and a later form is distinguished from an earlier one.
@NullMarked
package lazaret.storage.record;

import org.jspecify.annotations.NullMarked;
