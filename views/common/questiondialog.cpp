// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/questiondialog.h"

#include "views/common/controls.h"
#include "views/common/plaintext.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fd {
namespace {

constexpr qsizetype kMostObjects = 8;

/// A field that turns `act` on once the number is typed.
void addNumber(QVBoxLayout *column, int number, QPushButton *act)
{
    auto *field = new QLineEdit;
    field->setObjectName(QStringLiteral("number"));
    auto *label = new TextLabel(QuestionDialog::tr("&Type %1 to go on").arg(number), TextRole::Quiet, Tone::Text2);
    label->setBuddy(field);
    column->addWidget(label);
    column->addWidget(field);
    act->setEnabled(false);
    QObject::connect(field, &QLineEdit::textChanged, act,
        [act, number](const QString &text) { act->setEnabled(text.trimmed() == QString::number(number)); });
}

} // namespace

QuestionDialog::QuestionDialog(const Question &question, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("question"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setWindowTitle(question.title);
    setMinimumWidth(520);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kSection, metrics::kSection, metrics::kSection, metrics::kInset);
    column->setSpacing(metrics::kGap);
    const auto add = [column](const QString &text, TextRole role, Tone tone) {
        auto *label = new TextLabel(text, role, tone);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    add(question.title, TextRole::ObjectTitle, Tone::Text);
    for (const QString &object : question.objects.first(std::min(kMostObjects, question.objects.size())))
        column->addWidget(new ElidedLabel(oneLine(object), TextRole::Body, Tone::Text, Qt::ElideMiddle));
    if (question.objects.size() > kMostObjects)
        add(tr("and %n more", nullptr, static_cast<int>(question.objects.size() - kMostObjects)), TextRole::Quiet,
            Tone::Text2);
    for (const QString &paragraph : question.paragraphs)
        add(paragraph, TextRole::Body, Tone::Text2);
    QPushButton *act = pushButton(question.button, question.role);
    if (question.numberToType > 0)
        addNumber(column, question.numberToType, act);
    column->addSpacing(metrics::kWideGap);
    column->addStretch();

    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::kGap);
    QPushButton *cancel = pushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    act->setObjectName(QStringLiteral("act"));
    act->setAutoDefault(false);
    cancel->setDefault(true);
    cancel->setFocus();
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(act);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(act, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace fd
