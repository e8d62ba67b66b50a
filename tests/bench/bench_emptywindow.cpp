// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of every start: an empty main window. Says "first-paint" when it was painted, and ends.
#include <QApplication>
#include <QMainWindow>

#include <cstdio>

namespace {

class EmptyWindow : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        // Queued, so that the frame is on its way to the screen before the program says so.
        QMetaObject::invokeMethod(
            this,
            [] {
                std::puts("first-paint");
                std::fflush(stdout);
                QCoreApplication::quit();
            },
            Qt::QueuedConnection);
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    EmptyWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
