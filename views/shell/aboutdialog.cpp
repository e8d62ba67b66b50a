// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/aboutdialog.h"

#include "views/common/controls.h"

#include <QCoreApplication>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {

AboutDialog::AboutDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("about"));
    setWindowTitle(tr("About Flowdeck"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    const QString version = QCoreApplication::applicationVersion();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    column->setSpacing(metrics::kGap);
    column->addWidget(
        new TextLabel(version.isEmpty() ? tr("Flowdeck") : tr("Flowdeck %1").arg(version), TextRole::ObjectTitle));
    column->addWidget(new TextLabel(tr("Deployments of Prefect, on the desktop.")));
    column->addWidget(new TextLabel(
        tr("Free software under the GNU General Public License, version 3 or later. It comes without warranty."),
        TextRole::Quiet, Tone::Text2));
    column->addWidget(new TextLabel(tr("Qt %1").arg(QString::fromLatin1(qVersion())), TextRole::Quiet, Tone::Text2));
    column->addSpacing(metrics::kWideGap);
    QPushButton *close = pushButton(tr("Close"));
    column->addWidget(close, 0, Qt::AlignRight);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    for (TextLabel *label : findChildren<TextLabel *>())
        label->setWordWrap(true);
    setMinimumWidth(420);
}

} // namespace fd
