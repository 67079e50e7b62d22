package io.github.layerc.engine.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ConcurrentModificationException;

/**
 * Whether an instance can be called: it has parameters, is open, and no other call is on its way. Two threads in one
 * instance are found as an iterator finds a changed list, by chance but nearly always: the marks are plain loads and
 * stores, since a fence costs as much as a small prediction.
 */
public final class InstanceState {
    private static final int EMPTY = 0;
    private static final int READY = 1;
    private static final int BUSY = 2;
    private static final int CLOSED = 3;

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(InstanceState.class, "value", int.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a field of this class", e);
        }
    }

    private final String network;
    private int value;

    private InstanceState(String network, int value) {
        this.network = network;
        this.value = value;
    }

    /** Of an instance that has to be given its parameters. */
    public static InstanceState withoutParameters(String network) {
        return new InstanceState(network, EMPTY);
    }

    /** Of an instance over parameters that another one has been given. */
    public static InstanceState withParameters(String network) {
        return new InstanceState(network, READY);
    }

    /** Begins a call that needs parameters. What it does until {@link #leave} stands between try and finally. */
    public void enter() {
        if ((int) VALUE.getOpaque(this) != READY) {
            throw refusal();
        }
        VALUE.setOpaque(this, BUSY);
    }

    /** Ends the call, however it went. */
    public void leave() {
        leave(READY);
    }

    /**
     * Begins a call that gives the instance its parameters, first ones or others.
     *
     * @return for {@link #leave(int)}, if the call fails
     */
    public int enterToChange() {
        int before = (int) VALUE.getOpaque(this);
        if (before != EMPTY && before != READY) {
            throw refusal();
        }
        VALUE.setOpaque(this, BUSY);
        return before;
    }

    /** What a call that has given the parameters passes to {@link #leave(int)}. */
    public int changed() {
        return READY;
    }

    public void leave(int after) {
        if ((int) VALUE.getOpaque(this) != BUSY) {
            // a call that began at the same moment has ended meanwhile: more to the point than what this one may have
            // thrown
            throw concurrent();
        }
        VALUE.setOpaque(this, after);
    }

    /** For what is known without parameters, and can be asked at any time. */
    public void requireOpen() {
        if ((int) VALUE.getOpaque(this) == CLOSED) {
            throw refusal();
        }
    }

    public boolean isOpen() {
        return (int) VALUE.getOpaque(this) != CLOSED;
    }

    /** Returns whether it was open. */
    public boolean close() {
        if ((int) VALUE.getOpaque(this) == BUSY) {
            throw concurrent();
        }
        boolean open = isOpen();
        VALUE.setOpaque(this, CLOSED);
        return open;
    }

    private RuntimeException refusal() {
        return switch (value) {
            case EMPTY ->
                new IllegalStateException(
                        "network " + network
                                + ": this instance has no parameters yet: call initialize(), load(path) or setParameters(parameters) first");
            case CLOSED -> new IllegalStateException("network " + network + ": this instance was closed");
            default -> concurrent();
        };
    }

    private ConcurrentModificationException concurrent() {
        return new ConcurrentModificationException(
                "network " + network
                        + ": two calls at the same time: an instance belongs to one thread, share(batch) makes one for another thread");
    }
}
