package io.github.layerc.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.ChunkOffset;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The values of a dataset that lies in chunks: a regular grid of blocks, each at its own place in the file. */
final class HdfChunks {
    private final HdfArray array;
    private final HdfBackingStorage storage;
    private final ObjectHeader header;
    private final io.jhdf.api.dataset.ChunkedDataset dataset;
    private final HdfFilters filters;
    private final int width;
    private final long[] shape;
    private final int[] chunk;

    /** Bytes of a chunk that went through no filter. */
    private final int bytes;

    /** @throws io.github.layerc.data.DataException if the chunks make no sense, or have filters that are not read */
    HdfChunks(
            HdfArray array,
            HdfBackingStorage storage,
            io.jhdf.api.dataset.ChunkedDataset dataset,
            ObjectHeader header) {
        this.array = array;
        this.storage = storage;
        this.header = header;
        this.dataset = dataset;
        this.width = dataset.getDataType().getSize();
        this.shape = dataset.getDimensionsAsLong();
        this.chunk = dataset.getChunkDimensions();
        boolean filtered = header.hasMessageOfType(FilterPipelineMessage.class);
        this.filters = new HdfFilters(
                array,
                filtered ? header.getMessageOfType(FilterPipelineMessage.class).getFilters() : List.of());
        if (chunk.length != shape.length || Arrays.stream(chunk).anyMatch(axis -> axis < 1)) {
            throw array.broken("damaged chunks", shape.length + " axes of at least 1", Arrays.toString(chunk));
        }
        long product = width;
        for (int axis : chunk) {
            product *= axis;
            if (product > Integer.MAX_VALUE) {
                throw array.broken("chunk is too large", "at most 2^31 bytes", Arrays.toString(chunk));
            }
        }
        this.bytes = (int) product;
    }

    /**
     * All values, in C order. Nothing large is allocated before it is known that the file holds every chunk.
     *
     * @throws io.github.layerc.data.DataException if a chunk was never written, is damaged, or lies behind the end of the file
     */
    byte[] read() {
        requireFileHoldsImplicit();
        Map<ChunkOffset, Chunk> chunks = lookup();
        List<long[]> places = new ArrayList<>();
        Set<Long> addresses = new HashSet<>();
        long[] place = new long[shape.length];
        do {
            Chunk found = chunks.get(new ChunkOffset(place));
            String text = HdfArray.tuple(place);
            if (found == null || found.getAddress() < 0) {
                throw array.broken("values were never written", "a chunk at " + text, "none");
            }
            if (dataset instanceof ChunkedDatasetV4 && isPartial(place)) {
                filters.requireTelling(text, found.getFilterMask());
            }
            filters.requirePossible(text, found.getSize(), found.getFilterMask(), bytes);
            if (found.getAddress() + found.getSize() > storage.size() - storage.getUserBlockSize()) {
                throw array.broken(
                        "truncated HDF5 file",
                        "a chunk at " + text + " up to byte " + (found.getAddress() + found.getSize()),
                        storage.size() + " bytes");
            }
            if (!addresses.add(found.getAddress())) {
                throw array.broken("damaged chunks", "one chunk at address " + found.getAddress(), "two");
            }
            places.add(place.clone());
        } while (next(place));
        byte[] values = new byte[array.size() * width];
        for (long[] at : places) {
            Chunk found = chunks.get(new ChunkOffset(at));
            byte[] stored = new byte[found.getSize()];
            storage.map(found.getAddress(), stored.length).get(stored);
            copy(filters.undo(HdfArray.tuple(at), stored, found.getFilterMask(), bytes), at, values);
        }
        return values;
    }

    /** The implicit index is a formula: jhdf would make an object for every chunk that a damaged file claims to have. */
    private void requireFileHoldsImplicit() {
        if (header.getMessageOfType(DataLayoutMessage.class) instanceof ChunkedDataLayoutMessageV4 layout
                && layout.getIndexingType() == ChunkedDataLayoutMessageV4.IMPLICIT_INDEX
                && (long) array.size() * width > storage.size()) {
            throw array.broken("truncated HDF5 file", array.size() + " values in chunks", storage.size() + " bytes");
        }
    }

    private Map<ChunkOffset, Chunk> lookup() {
        // the lookup with addresses and masks is open to subclasses only
        if (dataset instanceof ChunkedDatasetV3) {
            return new ChunkedDatasetV3(storage, dataset.getAddress(), dataset.getName(), dataset.getParent(), header) {
                Map<ChunkOffset, Chunk> chunks() {
                    return getChunkLookup();
                }
            }.chunks();
        }
        return new ChunkedDatasetV4(storage, dataset.getAddress(), dataset.getName(), dataset.getParent(), header) {
            Map<ChunkOffset, Chunk> chunks() {
                return getChunkLookup();
            }
        }.chunks();
    }

    private boolean isPartial(long[] place) {
        return IntStream.range(0, shape.length).anyMatch(axis -> place[axis] + chunk[axis] > shape[axis]);
    }

    /** To the next chunk in C order; false behind the last one. */
    private boolean next(long[] place) {
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] += chunk[axis];
            if (place[axis] < shape[axis]) {
                return true;
            }
            place[axis] = 0;
        }
        return false;
    }

    /** Row by row of the last axis; what a chunk at an edge has too much is left out. */
    private void copy(byte[] from, long[] place, byte[] values) {
        int last = shape.length - 1;
        int row = (int) Math.min(chunk[last], shape[last] - place[last]) * width;
        for (int at = 0; at < from.length; at += chunk[last] * width) {
            long to = place[last];
            long stride = shape[last];
            int rest = at / width / chunk[last];
            boolean inside = true;
            for (int axis = last - 1; axis >= 0; axis--) {
                long index = place[axis] + rest % chunk[axis];
                rest /= chunk[axis];
                inside &= index < shape[axis];
                to += index * stride;
                stride *= shape[axis];
            }
            if (inside) {
                System.arraycopy(from, at, values, (int) (to * width), row);
            }
        }
    }
}
