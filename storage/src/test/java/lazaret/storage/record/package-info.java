/// Tests of the codecs of records.
@NullMarked
package lazaret.storage.record;

import org.jspecify.annotations.NullMarked;
