package io.upnext.shared;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes ids in the application, so that rows can be inserted in batches without asking the database for keys. */
final class Ids {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    static UUID next() {
        return GENERATOR.generate();
    }
}
