def early_stop(val_loss, patience):
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])
    model.compile(loss="mse")
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience)
    stop.set_model(model)
    stop.on_train_begin()
    for epoch, loss in enumerate(val_loss):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break
    return stop.best_epoch + 1, epoch + 1
